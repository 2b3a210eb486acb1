import { createContext, useContext, useEffect, useMemo, useState, type JSX, type ReactNode } from 'react';
import { makeText, type Catalogue, type Language, type Text } from './catalogue';
import { de } from './de';
import { en } from './en';

const catalogues: Record<Language, Catalogue> = { en, de };
const REMEMBERED = 'custodes.language';

interface Chosen {
  readonly text: Text;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<Chosen | undefined>(undefined);

function preferred(): Language {
  const remembered = localStorage.getItem(REMEMBERED);
  if (remembered === 'en' || remembered === 'de') return remembered;
  return navigator.languages.find((each) => /^(en|de)\b/i.test(each))?.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export function LanguageProvider({ children, language }: { children: ReactNode; language?: Language }): JSX.Element {
  const [chosen, setChosen] = useState<Language>(() => language ?? preferred());
  useEffect(() => {
    document.documentElement.lang = chosen;
  }, [chosen]);
  const value = useMemo<Chosen>(
    () => ({
      text: makeText(chosen, catalogues[chosen]),
      choose: (next) => {
        localStorage.setItem(REMEMBERED, next);
        setChosen(next);
      },
    }),
    [chosen],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

function useChosen(): Chosen {
  const chosen = useContext(LanguageContext);
  if (!chosen) throw new Error('Texts are only known inside LanguageProvider.');
  return chosen;
}

export function useText(): Text {
  return useChosen().text;
}

export function useLanguageChoice(): (language: Language) => void {
  return useChosen().choose;
}
