import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconQuestionMark } from '@tabler/icons-react';
import { useState, type FormEvent, type JSX } from 'react';
import { purposes, type Purpose } from '../api/model';
import { useText } from '../i18n/language';
import { useReasonWanted, useWhy } from '../media/MediaProvider';

/** What somebody looks for, in the bar; asked when a role wants to know it. */
export function WhyLooking(): JSX.Element | null {
  const t = useText();
  const { why } = useWhy();
  const wanted = useReasonWanted();
  const [changing, setChanging] = useState(false);
  const [declined, setDeclined] = useState(false);
  const opened = changing || (wanted && !declined);
  const close = (): void => {
    setChanging(false);
    setDeclined(true);
  };
  if (!wanted && why.purpose === undefined) return null;
  const said = why.purpose === undefined ? t('why.ask') : [t(`purpose.${why.purpose}`), why.caseNumber].filter(Boolean).join(', ');
  return (
    <>
      <button type="button" className="chip acc why" onClick={() => setChanging(true)} aria-label={said} title={`${t('why.title')}: ${said}`}>
        <IconQuestionMark className="i" aria-hidden="true" />
        <span className="ell hide-s">{said}</span>
      </button>
      <Modal opened={opened} onClose={close} title={t('why.title')} lockScroll={false} size={480} closeButtonProps={{ 'aria-label': t('action.close') }}>
        {opened && <Form close={close} said={() => setDeclined(false)} />}
      </Modal>
    </>
  );
}

function Form({ close, said }: { close: () => void; said: () => void }): JSX.Element {
  const t = useText();
  const { why, say } = useWhy();
  const [purpose, setPurpose] = useState<Purpose>(why.purpose ?? 'incident');
  const [caseNumber, setCaseNumber] = useState(why.caseNumber ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const number = caseNumber.trim();
    close();
    said();
    say(number === '' ? { purpose } : { purpose, caseNumber: number });
  };
  return (
    <form className="col form" onSubmit={submit}>
      <p className="dim">{t('why.lead')}</p>
      {why.purpose !== undefined && <p className="note warn">{t('why.again')}</p>}
      <NativeSelect
        label={t('why.purpose')}
        value={purpose}
        onChange={(event) => setPurpose(purposes.find((each) => each === event.currentTarget.value) ?? purpose)}
        data={purposes.map((each) => ({ value: each, label: t(`purpose.${each}`) }))}
        data-autofocus
      />
      <TextInput label={t('why.case')} description={t('why.case.how')} value={caseNumber} onChange={(event) => setCaseNumber(event.currentTarget.value)} maxLength={60} />
      <div className="dialog-foot">
        <button type="button" className="btn" onClick={close}>
          {t('action.cancel')}
        </button>
        <button type="submit" className="btn p">
          {t('why.say')}
        </button>
      </div>
    </form>
  );
}
