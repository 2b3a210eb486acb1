import { Input, PinInput } from '@mantine/core';
import { useId, type JSX } from 'react';
import { useText } from '../i18n/language';

interface CodeProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly label?: string;
  readonly error?: string | undefined;
}

/** Six digits from an authenticator. */
export function CodeInput({ value, onChange, label: words, error }: CodeProps): JSX.Element {
  const t = useText();
  const label = useId();
  return (
    <Input.Wrapper label={words ?? t('code.label')} labelProps={{ id: label }} labelElement="div" error={error}>
      <PinInput
        length={6}
        type="number"
        inputMode="numeric"
        oneTimeCode
        placeholder=""
        value={value}
        onChange={onChange}
        aria-label={t('code.digit')}
        getInputProps={(index) => ({ 'aria-label': t('code.digitOf', { n: index + 1 }) })}
        rootRef={(root) => root?.setAttribute('aria-labelledby', label)}
      />
    </Input.Wrapper>
  );
}
