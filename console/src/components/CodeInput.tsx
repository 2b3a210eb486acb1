import { Input, PinInput } from '@mantine/core';
import { useId, type JSX } from 'react';
import { useText } from '../i18n/language';

/** Six digits from an authenticator. */
export function CodeInput({ value, onChange, error }: { value: string; onChange: (code: string) => void; error?: string | undefined }): JSX.Element {
  const t = useText();
  const label = useId();
  return (
    <Input.Wrapper label={t('code.label')} labelProps={{ id: label }} labelElement="div" error={error}>
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
