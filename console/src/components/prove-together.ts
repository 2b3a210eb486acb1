/** Those who wait for one proof of who somebody is: it is asked for once, and answers all of them. */
export class ProveTogether {
  private readonly waiting = new Set<(proved: boolean) => void>();
  private readonly changed: (isAsked: boolean) => void;
  private person: string | undefined;

  /** Calls `changed` when somebody begins to wait, and when nobody does any more. */
  constructor(changed: (isAsked: boolean) => void) {
    this.changed = changed;
  }

  /** Says whether there is a proof; whoever is gone before has none. */
  wait(signal: AbortSignal | undefined): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const gone = (): void => end(false);
      const end = (proved: boolean): void => {
        signal?.removeEventListener('abort', gone);
        this.waiting.delete(end);
        resolve(proved);
        if (this.waiting.size === 0) this.changed(false);
      };
      signal?.addEventListener('abort', gone);
      this.waiting.add(end);
      this.changed(true);
    });
  }

  /** Who is there to prove it. Who waited for somebody else is told that there is no proof. */
  signedIn(person: string | undefined): void {
    if (person !== this.person) this.end(false);
    this.person = person;
  }

  /** Answers all who wait. */
  end(proved: boolean): void {
    for (const end of this.waiting) end(proved);
  }
}
