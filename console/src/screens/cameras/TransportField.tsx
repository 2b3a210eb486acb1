import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { transports, type Transport } from '../../api/model';
import { useText } from '../../i18n/language';

interface TransportFieldProps {
  readonly value: Transport;
  /** Datagrams are not encrypted, so an encrypted camera is not offered them. */
  readonly encrypted: boolean;
  readonly error: string | undefined;
  readonly change: (transport: Transport) => void;
}

export function TransportField({ value, encrypted, error, change }: TransportFieldProps): JSX.Element {
  const t = useText();
  const offered = transports.filter((each) => !encrypted || each === value || each === 'tcp' || each === 'http');
  return (
    <NativeSelect
      label={t('camera.transport')}
      description={t(encrypted ? 'camera.transport.encrypted' : 'camera.transport.how')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(event) => change(transports.find((each) => each === event.currentTarget.value) ?? 'tcp')}
      error={error}
      data={offered.map((each) => ({ value: each, label: t(`transport.${each}`) }))}
    />
  );
}
