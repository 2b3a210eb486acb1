import type { AssertionAsk, PasskeyCreation } from '../api/model';

/** What came between a person and their authenticator. */
export type PasskeyTrouble = 'cancelled' | 'known' | 'unfit' | 'address' | 'broken';

export class PasskeyError extends Error {
  readonly trouble: PasskeyTrouble;

  constructor(trouble: PasskeyTrouble) {
    super(`The authenticator gave no answer: ${trouble}.`);
    this.name = 'PasskeyError';
    this.trouble = trouble;
  }
}

/** Whether this browser can do it, on this page. */
export function passkeysHere(): boolean {
  return window.isSecureContext && typeof window.PublicKeyCredential === 'function';
}

/** WebAuthn names what happened by the names of DOM exceptions, the same for “no” and “not in time”. */
const troubles: Readonly<Record<string, PasskeyTrouble>> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'known',
  SecurityError: 'address',
  NotSupportedError: 'unfit',
  ConstraintError: 'unfit',
};

export function troubleOf(fault: unknown): PasskeyTrouble {
  return (fault instanceof DOMException && troubles[fault.name]) || 'broken';
}

async function asked(ceremony: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  let given: Credential | null;
  try {
    given = await ceremony();
  } catch (fault) {
    throw new PasskeyError(troubleOf(fault));
  }
  if (!(given instanceof PublicKeyCredential)) throw new PasskeyError('broken');
  return given;
}

/** Has an authenticator make a passkey. */
export async function makePasskey(ask: PasskeyCreation): Promise<{ clientData: string; attestation: string }> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: ask.rp,
    user: { ...ask.user, id: fromBase64url(ask.user.id) },
    challenge: fromBase64url(ask.challenge),
    pubKeyCredParams: ask.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
    timeout: ask.timeout,
    excludeCredentials: ask.excludeCredentials.map(({ id }) => ({ type: 'public-key', id: fromBase64url(id) })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  };
  const { response } = await asked(() => navigator.credentials.create({ publicKey }));
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new PasskeyError('broken');
  return { clientData: toBase64url(response.clientDataJSON), attestation: toBase64url(response.attestationObject) };
}

/** What a passkey has signed, as the API takes it. */
export interface Signed {
  readonly credential: string;
  readonly clientData: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly user?: string;
}

/** Has a passkey sign. */
export async function signByPasskey(ask: AssertionAsk): Promise<Signed> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: fromBase64url(ask.challenge),
    timeout: ask.timeout,
    rpId: ask.rpId,
    allowCredentials: ask.allowCredentials.map(({ id }) => ({ type: 'public-key', id: fromBase64url(id) })),
    userVerification: 'required',
  };
  const { rawId, response } = await asked(() => navigator.credentials.get({ publicKey }));
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new PasskeyError('broken');
  return {
    credential: toBase64url(rawId),
    clientData: toBase64url(response.clientDataJSON),
    authenticatorData: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    ...(response.userHandle && response.userHandle.byteLength > 0 && { user: toBase64url(response.userHandle) }),
  };
}

export function toBase64url(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCodePoint(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function fromBase64url(text: string): ArrayBuffer {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.codePointAt(0) ?? 0).buffer;
}
