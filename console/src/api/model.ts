import {
  boolean,
  either,
  fieldsOf,
  instant,
  listOf,
  number,
  object,
  oneOf,
  optional,
  otherwise,
  string,
  type Decoded,
  type Decoder,
} from './decode';

import type { Micros } from '../time/instant';

/** The words of docs/api.md, each with the decoder that checks it at the door. */

/** A role by its id; one from the beginning is called by its id and named by the catalogue. */
export const roleName = object({ id: string, name: string });
export type RoleName = Decoded<typeof roleName>;

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof days)[number];
export const weekTime = object({ days: listOf(oneOf(...days)), from: string, to: string });
/** A time of some days of the week. */
export type WeekTime = Decoded<typeof weekTime>;

export const purposes = ['incident', 'safety', 'evidence', 'subject-request', 'technical'] as const;
export type Purpose = (typeof purposes)[number];

/** What roles are made from, and what narrows them. */
export const templates = ['system-administrator', 'security-officer', 'operator', 'supervisor', 'investigator', 'data-protection-officer', 'auditor', 'installer', 'emergency'] as const;
export const role = object({
  id: string,
  name: string,
  template: oneOf(...templates),
  builtIn: boolean,
  oldestHours: optional(number),
  sinceGiven: boolean,
  hours: listOf(weekTime),
  purposes: listOf(oneOf(...purposes)),
  needsCase: boolean,
});
export type Role = Decoded<typeof role>;

export const server = object({ name: string, version: string, demo: boolean, time: instant, enrolled: otherwise(boolean, true), madeAlone: otherwise(number, 0), officerRecoveredAt: optional(instant) });
export type Server = Decoded<typeof server>;

export const me = object({
  person: object({ id: string, name: string, roles: listOf(roleName) }),
  rights: otherwise(listOf(string), []),
  demo: otherwise(boolean, false),
  signedInAt: optional(instant),
  idleMinutes: optional(number),
  endsAt: optional(instant),
});
export type Me = Decoded<typeof me>;

/** Whether a door is worth showing; whether it opens is decided by the server alone. */
export function may(someone: Me, right: string): boolean {
  return someone.rights.includes(right);
}

export const invitation = object({ name: string, mayRename: otherwise(boolean, false), roles: listOf(roleName), totpSecret: string, otpauth: string, expiresAt: instant });
export type Invitation = Decoded<typeof invitation>;

export const pairing = object({ code: string, device: string, address: optional(string), expiresAt: instant });
export type Pairing = Decoded<typeof pairing>;

export const site = object({ id: string, name: string, zone: string, country: otherwise(string, ''), controller: otherwise(string, ''), encryptedOnly: otherwise(boolean, false) });
export type Site = Decoded<typeof site>;

export const phases = ['connecting', 'streaming', 'stalled', 'refused', 'certificate-changed', 'barred', 'backing-off', 'off', 'removed'] as const;
export const state = object({
  phase: oneOf(...phases),
  since: optional(instant),
  cause: optional(string),
  /** What the camera said and what to do, in English. */
  message: optional(string),
  nextTryAt: optional(instant),
  /** What it showed in place of the certificate that it is known by. */
  certificate: optional(string),
  clockDifferenceMillis: optional(number),
});
export type State = Decoded<typeof state>;

export const views = ['indoor', 'outdoor', 'public'] as const;
export type View = (typeof views)[number];

export const transports = ['tcp', 'udp', 'tcp-or-udp', 'http'] as const;
export type Transport = (typeof transports)[number];

const stream = object({
  number,
  role: oneOf('record', 'wall'),
  path: optional(string),
  codec: optional(string),
  rfc6381: optional(string),
  width: optional(number),
  height: optional(number),
});
export type Stream = Decoded<typeof stream>;

const sense = otherwise(oneOf('none', 'off'), 'none');

export const camera = object({
  id: string,
  name: string,
  site: string,
  device: optional(object({ host: string, port: number, encrypted: otherwise(boolean, false), certificate: optional(object({ sha256: string, since: instant })) })),
  transport: optional(oneOf(...transports)),
  /** Leave to be called unencrypted at a site that takes encrypted cameras only; it may have ended. */
  plainException: optional(object({ until: instant, reason: string })),
  channel: optional(number),
  purpose: string,
  view: oneOf(...views),
  retentionHours: number,
  streams: otherwise(listOf(stream), []),
  microphone: sense,
  speaker: sense,
  metadata: sense,
  state: optional(state),
  storage: optional(
    object({
      bytes: number,
      bytesPerDay: otherwise(number, 0),
      oldest: optional(instant),
      newest: optional(instant),
      syncedThrough: optional(instant),
    }),
  ),
  addedAt: optional(instant),
  removedAt: optional(instant),
});
export type Camera = Decoded<typeof camera>;

export const cameraTest = object({
  reachable: otherwise(boolean, true),
  transport: optional(string),
  certificate: optional(string),
  certificateUnknown: otherwise(boolean, false),
  codec: optional(string),
  rfc6381: optional(string),
  width: optional(number),
  height: optional(number),
  framesPerSecond: optional(number),
  keyFrameDistanceMillis: optional(number),
  bitsPerSecond: optional(number),
  clockDifferenceMillis: optional(number),
  keyFrameArrived: otherwise(boolean, false),
  microphone: optional(either(boolean, string)),
  metadata: optional(either(boolean, string)),
  backChannel: optional(either(boolean, string)),
});
export type CameraTest = Decoded<typeof cameraTest>;

const span = object({ start: instant, end: instant });
const gap = object({ start: instant, end: optional(instant), cause: string });
const coverage = object({
  camera: string,
  stream: optional(number),
  spans: otherwise(listOf(span), []),
  gaps: otherwise(listOf(gap), []),
  oldest: optional(instant),
  newest: optional(instant),
  syncedThrough: optional(instant),
});
export const timeline = object({ cameras: listOf(coverage) });
export type Coverage = Decoded<typeof coverage>;
export type Span = Decoded<typeof span>;
export type Gap = Decoded<typeof gap>;

export const ticket = object({ ticket: string, expiresAt: instant });

export const grids = ['1', '2x2', '3x3', '4x4', '1+7'] as const;
export type Grid = (typeof grids)[number];
const nobody: Decoder<null> = () => null;
export const wall = object({ id: string, name: string, grid: oneOf(...grids), tiles: listOf(either(string, nobody)) });
export type Wall = Decoded<typeof wall>;

/** Cameras of one site that are thought of together; one lies in another, or in its site. */
export const group = object({
  id: string,
  name: string,
  site: string,
  /** The id of a group or of the site. */
  parent: string,
  cameras: listOf(string),
  /** How many roles are given on it, or wait to be; only whoever arranges groups is told. */
  holders: optional(number),
  /** What it will be when a second officer has said yes. */
  waiting: otherwise(listOf(object({ approval: string, name: string, parent: string, cameras: listOf(string) })), []),
});
export type Group = Decoded<typeof group>;

/** All there are and will be, what lies in groups and sites, or these and no others. */
const choice = either(oneOf('all'), either(listOf(string), object({ groups: listOf(string) })));

/** A role that somebody has, on some cameras, for a time. */
export const held = object({
  id: string,
  role: string,
  cameras: choice,
  since: instant,
  until: optional(instant),
  reviewBy: instant,
  /** Who answers for it, by name; nobody for what the recorder itself gave. */
  owner: optional(string),
  reason: optional(string),
});
export type Held = Decoded<typeof held>;

/** A role that somebody will have when a second officer has said yes. */
const waiting = object({ approval: string, role: string, cameras: choice, until: optional(instant), replaces: optional(string) });
export type Waiting = Decoded<typeof waiting>;

export const person = object({
  id: string,
  name: string,
  roles: listOf(held),
  waiting: otherwise(listOf(waiting), []),
  state: oneOf('invited', 'active', 'removed'),
  lastSignIn: optional(instant),
});
export type Person = Decoded<typeof person>;

export const ownSession = object({
  id: string,
  kind: oneOf('browser', 'command-line'),
  address: string,
  workstation: string,
  signedInAt: instant,
  lastSeen: instant,
  endsAt: instant,
  current: boolean,
});
export type OwnSession = Decoded<typeof ownSession>;

/** How somebody signs in without a password. */
export const passkey = object({ id: string, name: string, backedUp: boolean, madeAt: instant, lastUsedAt: optional(instant) });
export type Passkey = Decoded<typeof passkey>;

const credentials = listOf(object({ id: string }));
/** What an authenticator is to sign; bytes are base64url. */
export const assertionAsk = object({ challenge: string, timeout: number, rpId: string, allowCredentials: credentials });
export type AssertionAsk = Decoded<typeof assertionAsk>;

/** What an authenticator is to make. */
export const passkeyCreation = object({
  rp: object({ id: string, name: string }),
  user: object({ id: string, name: string, displayName: string }),
  challenge: string,
  pubKeyCredParams: listOf(object({ alg: number })),
  timeout: number,
  excludeCredentials: credentials,
});
export type PasskeyCreation = Decoded<typeof passkeyCreation>;

/** By what somebody can prove once more who they are. */
export const proofAsk = object({ ways: listOf(oneOf('passkey', 'code', 'nothing')), passkey: assertionAsk });

export const recoveryCodes = object({ left: number, useful: boolean });
export const freshCodes = object({ codes: listOf(string) });

/** How many sessions have ended. */
export const ended = object({ ended: number });

/** What somebody can see of a camera at a moment: no reason against it means that they may. */
export const sight = object({ person: string, name: string, camera: string, live: listOf(string), playback: listOf(string), from: optional(instant) });
export type Sight = Decoded<typeof sight>;

const somebody = object({ id: string, name: string });

/** A group or a site, by what it is called. */
const place = object({ id: string, name: string });
export type Place = Decoded<typeof place>;
const groupThen = object({ name: string, parent: string, cameras: listOf(string) });
/** A group of cameras at one time. */
export type GroupThen = Decoded<typeof groupThen>;

/** What a widening gives somebody: one of these, and no other. */
const gain = object({
  given: optional(object({ person: somebody, role: roleName, cameras: choice, places: listOf(place), until: optional(instant), replaces: boolean })),
  /** Whose sign-in is reset. */
  reset: optional(somebody),
  /** A request from before it was kept does not say how the group was. */
  regrouped: optional(object({ id: string, after: groupThen, before: optional(groupThen), places: listOf(place) })),
  /** A role of one's own, as it becomes. */
  allowed: optional(role),
});
export type Gain = Decoded<typeof gain>;

/** What somebody wants to do and may only with another's yes, and what became of it. */
export const approval = object({
  id: string,
  kind: oneOf('playback', 'removal', 'rights'),
  by: somebody,
  camera: optional(string),
  from: optional(instant),
  to: optional(instant),
  /** Whose rights change. */
  concerned: optional(string),
  /** What exactly, as the log says it, in English. */
  told: string,
  gain: optional(gain),
  purpose: optional(string),
  caseNumber: optional(string),
  reason: string,
  askedAt: instant,
  waitsUntil: instant,
  /** When it is made although nobody said yes, because there is nobody who could. */
  aloneAt: optional(instant),
  state: oneOf('waiting', 'approved', 'refused', 'withdrawn', 'used', 'expired'),
  answered: optional(object({ by: somebody, at: instant, yes: boolean })),
  goodUntil: optional(instant),
  own: boolean,
  mayAnswer: boolean,
});
export type Approval = Decoded<typeof approval>;
/** One for a look back. */
export type LookApproval = Approval & { readonly camera: string; readonly from: Micros; readonly to: Micros };

export function isLook(one: Approval): one is LookApproval {
  return one.kind === 'playback' && one.camera !== undefined && one.from !== undefined && one.to !== undefined;
}

const scope = either(oneOf('all'), listOf(string));

/** What somebody took in an emergency, and what became of it. */
export const emergency = object({
  id: string,
  by: somebody,
  cameras: scope,
  reason: string,
  takenAt: instant,
  until: instant,
  endedAt: optional(instant),
  endedHow: optional(oneOf('person', 'time', 'taken-back')),
  /** From then on whoever took it takes nothing again until it was reviewed. */
  reviewBy: instant,
  /** What nothing else of theirs would have shown. */
  looked: listOf(object({ camera: string, looks: number })),
  review: optional(object({ by: somebody, at: instant, note: string })),
  mayReview: boolean,
});
export type Emergency = Decoded<typeof emergency>;

/** What whoever asks could take, and has taken. */
export const ownEmergency = object({ cameras: scope, running: optional(emergency), locked: boolean, hasPasskey: boolean });
export type OwnEmergency = Decoded<typeof ownEmergency>;

export const invited = object({ person, link: string, expiresAt: instant });
export type Invited = Decoded<typeof invited>;

export const entry = object({
  index: number,
  time: instant,
  person: optional(string),
  name: optional(string),
  address: optional(string),
  action: string,
  object: optional(string),
  outcome: string,
  purpose: optional(string),
  caseNumber: optional(string),
  decision: optional(string),
  text: optional(string),
  hash: string,
});
export type Entry = Decoded<typeof entry>;

const wordsOf: Decoder<Readonly<Record<string, string>>> = (value, path) =>
  Object.fromEntries(Object.entries(fieldsOf(value, path)).map(([name, each]) => [name, string(each, `${path}.${name}`)]));

export const alarm = object({
  number,
  key: string,
  kind: string,
  severity: otherwise(oneOf('critical', 'warning'), 'warning'),
  part: otherwise(string, ''),
  subject: optional(string),
  since: instant,
  changedAt: optional(instant),
  endedAt: optional(instant),
  end: otherwise(oneOf('stands', 'ended', 'stopped'), 'stands'),
  times: otherwise(number, 1),
  cause: string,
  nextStep: optional(string),
  values: otherwise(wordsOf, {}),
  acknowledged: optional(object({ at: instant, person: string, name: string, note: otherwise(string, '') })),
});
export type Alarm = Decoded<typeof alarm>;

const volume = object({
  folder: string,
  id: optional(string),
  health: oneOf('recording', 'slow', 'full', 'failed'),
  totalBytes: number,
  usableBytes: number,
  reserveBytes: otherwise(number, 0),
});
export type Volume = Decoded<typeof volume>;

/** Without the right to see the system, the alarms alone. */
export const system = object({
  alarms: otherwise(listOf(alarm), []),
  volumes: optional(listOf(volume)),
  database: optional(object({ reachable: boolean, embedded: boolean })),
  clock: optional(object({ state: oneOf('synchronised', 'free', 'unknown'), time: optional(instant) })),
  recording: optional(object({ cameras: number, streaming: number })),
});
export type System = Decoded<typeof system>;

export const alarmPage = object({ items: listOf(alarm), more: otherwise(boolean, false), next: optional(number) });

export const forecast = object({
  bytesPerDay: number,
  freeBytes: number,
  fullAt: optional(instant),
  provisional: boolean,
  cameras: listOf(
    object({ camera: string, bytesPerDay: number, basisHours: number, retentionHours: number, neededBytes: number, verdict: oneOf('kept', 'short', 'unknown') }),
  ),
});
export type Forecast = Decoded<typeof forecast>;

export const auditPage = object({ items: listOf(entry), more: otherwise(boolean, false), next: optional(number) });

export function itemsOf<T>(each: Decoder<T>): Decoder<{ items: T[]; more: boolean }> {
  return object({ items: listOf(each), more: otherwise(boolean, false) });
}

const fault = object({ field: string, key: optional(string), detail: optional(string), values: otherwise(wordsOf, {}) });
export type Fault = Decoded<typeof fault>;
export const problem = object({
  type: optional(string),
  title: optional(string),
  status: optional(number),
  detail: optional(string),
  next: optional(string),
  key: optional(string),
  faults: otherwise(listOf(fault), []),
});
export type Problem = Decoded<typeof problem>;
