import { ask } from '../api/client';
import * as model from '../api/model';

/** A ticket and the key that it is bound to. Good once, for a minute. */
export interface Ticket {
  readonly ticket: string;
  /** The key's SPKI, base64url. */
  readonly key: string;
  /** Proof of the key: signature over nonce and ticket, base64url of r || s. */
  prove(nonce: string): Promise<string>;
}

/** The private half never leaves the browser's key store: it is made not extractable. */
export async function askForTicket(): Promise<Ticket> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const key = toBase64Url(await crypto.subtle.exportKey('spki', pair.publicKey));
  const { ticket } = await ask('POST', '/tickets', model.ticket, { key });
  return {
    ticket,
    key,
    prove: async (nonce) => {
      const challenge = fromBase64Url(nonce);
      const name = new TextEncoder().encode(ticket);
      const message = new Uint8Array(challenge.length + name.length);
      message.set(challenge);
      message.set(name, challenge.length);
      return toBase64Url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message));
    },
  };
}

export function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
}
