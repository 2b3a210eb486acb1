import { createContext, useCallback, useContext, useState, type JSX, type ReactNode } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** One polite live region for the whole console: what changes without a click is also said. */
export function Announcer({ children }: { children: ReactNode }): JSX.Element {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const announce = useCallback((text: string) => setSaid((last) => ({ text, turn: last.turn + 1 })), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="vh" role="status" aria-live="polite" aria-atomic="true">
        {/* A space that comes and goes makes a repeated sentence be read again. */}
        {said.text + (said.turn % 2 === 0 ? '' : ' ')}
      </div>
    </AnnounceContext>
  );
}

export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}
