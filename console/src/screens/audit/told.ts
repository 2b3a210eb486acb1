import type { Camera, Entry, RoleName, Site } from '../../api/model';
import { fingerprintText } from '../../components/camera-words';
import { ageText } from '../../components/limits';
import { isOnEverything, roleText } from '../../components/roles';
import type { Key, Text } from '../../i18n/catalogue';
import { parseInstant } from '../../time/instant';
import type { Zone } from '../../time/zone';

/**
 * What an entry tells, in the reader's language.
 *
 * An entry is written once, in English, and never again: so its language is put on when it is read. Each form
 * that a room writes has a place here; what has none (a name, an address, a newer version's text) is shown as
 * it was written and marked as English.
 */
export interface Told {
  readonly text: string;
  readonly asWritten: boolean;
}

interface Reader {
  readonly t: Text;
  readonly zone: Zone;
  /** As far as whoever reads may know of them. */
  readonly roles: readonly RoleName[];
}

type Words = Readonly<Record<string, string>>;
type Tell = (found: Words, reader: Reader) => string;

/** An instant as the rooms write it, in the site's time. */
function timeText(written: string, { zone }: Reader): string {
  const at = parseInstant(written);
  return at === undefined ? written : `${zone.shortDay(at)} ${zone.time(at)}`;
}

const lengthOf = (cameras: string, { t }: Reader): string => {
  if (cameras.startsWith('groups ')) return cameras.slice('groups '.length).replaceAll('one that is gone', t('groups.gone'));
  if (cameras.endsWith(' groups')) return t.count('groups.count', Number.parseInt(cameras, 10));
  return cameras === 'all cameras' ? t('person.allCameras') : t.count('cameras.count', Number.parseInt(cameras, 10));
};

/** What became of a group, part by part; what has no form stays as it was written. */
function regroupedText(what: string, t: Text): string {
  return what
    .split('; ')
    .map((part) => {
      const moved = /^(?<n>\d+) (?<way>in|out) \((?<names>.+)\)$/.exec(part)?.groups;
      if (moved) return t(moved['way'] === 'in' ? 'told.group.in' : 'told.group.out', { n: t.number(Number(moved['n'])), names: moved['names'] ?? '' });
      const before = /^before (?<how>called|in) (?<name>.+)$/.exec(part)?.groups;
      if (before) return t(before['how'] === 'in' ? 'told.group.moved' : 'told.group.renamed', { name: before['name'] ?? '' });
      return part === 'made' ? t('told.group.made') : part === 'removed' ? t('told.group.removed') : part;
    })
    .join('; ');
}

const lookKinds: Readonly<Record<string, Key>> = { live: 'act.look.live-opened', playback: 'act.look.playback-opened' };
const kindText = (kind: string, t: Text): string => t.word('', lookKinds[kind] ?? kind);

const classes: Readonly<Record<string, Key>> = { V0: 'told.class.original', V1: 'told.class.veiled', A: 'told.class.audio', M: 'told.class.metadata' };

const reasonText = (reason: string, t: Text): string => (t.has(`reason.${reason}`) ? t.word('reason', reason) : t.word('problem', reason.replace(/^problem\./, '')));

/** Fields by the labels under which people filled them in. */
const fields: Readonly<Record<string, Key>> = {
  name: 'camera.name',
  address: 'add.address',
  user: 'add.user',
  password: 'add.password',
  wallAddress: 'add.wallAddress',
  site: 'camera.site',
  purpose: 'camera.purpose',
  view: 'camera.view',
  retentionHours: 'camera.kept.hours',
  transport: 'camera.transport',
  certificate: 'connection.certificate',
  until: 'exception.lastDay',
  reason: 'exception.reason',
  role: 'person.role',
  cameras: 'person.cameras',
  parent: 'groups.parent',
  group: 'groups.group',
  camera: 'filter.camera',
  from: 'roles.from',
  to: 'roles.to',
  note: 'emergencies.note',
  person: 'audit.who',
  yes: 'approvals.yes',
};

function faultsText(faults: string, t: Text): string {
  return faults
    .split(', ')
    .map((fault) => {
      const [field = '', key = ''] = fault.split(' ');
      return `${t.word('', fields[field] ?? field)}: ${t.told(`wrong.${key}`, {}) ?? t.word('said', key)}`;
    })
    .join(' ');
}

/** The filters of somebody who read the log. */
function filtersText(asked: string, reader: Reader): string {
  const { t } = reader;
  return asked
    .split(/ (?=(?:action|person|object|outcome|from|to|text|before)=)/)
    .map((each) => {
      const [name = '', value = ''] = [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)];
      const shown = name === 'action' ? t.word('act', value) : name === 'outcome' ? t.word('outcome', value.toLowerCase()) : name === 'from' || name === 'to' ? timeText(value, reader) : value;
      return `${t.word('told.filter', name)} ${shown}`;
    })
    .join(', ');
}

/** What a role is called; one that is not known is called by its id. */
function roleCalled(id: string, { t, roles }: Reader): string {
  return roleText({ id, name: roles.find((role) => role.id === id)?.name ?? id }, t);
}

const limits: Readonly<Record<string, Key>> = { 'since given': 'told.role.since', 'within hours': 'told.role.hours', 'for a purpose': 'told.role.purpose', 'for a case': 'told.role.case' };

/** What a role of one's own allows, in few words. */
function allowedText(template: string, limited: string, { t }: Reader): string {
  const [far = '', ...others] = limited.split(', ');
  const hours = /^(\d+) h back$/.exec(far)?.[1];
  const back = hours === undefined ? t('told.role.all') : t('told.role.back', { age: ageText(Number(hours), t) });
  return [t.word('role', template), back, ...others.map((limit) => t.word('', limits[limit] ?? limit))].join(', ');
}

function heldText(held: string, reader: Reader): string {
  const [role = '', cameras = '', reviewBy, end] = held.split(', ');
  const on = isOnEverything(role) ? '' : `, ${lengthOf(cameras, reader)}`;
  const until = reviewBy === undefined ? '' : `, ${reader.t('held.reviewBy')} ${timeText(reviewBy.slice(reviewBy.lastIndexOf(' ') + 1), reader)}`;
  const ends = end === undefined ? '' : `, ${reader.t('held.until')} ${timeText(end.slice(end.lastIndexOf(' ') + 1), reader)}`;
  return `${roleCalled(role, reader)}${on}${until}${ends}`;
}

const forms: readonly (readonly [RegExp, Tell])[] = [
  [/^by a one-time link$/, (_, { t }) => t('told.by-link')],
  [/^by password and code$/, (_, { t }) => t('told.by-password')],
  [/^by password and recovery code$/, (_, { t }) => t('told.by-recovery')],
  [/^by passkey$/, (_, { t }) => t('told.by-passkey')],
  [/^by password-and-code$/, (_, { t }) => t('told.by-code')],
  [/^by link$/, (_, { t }) => t('told.by-link')],
  [/^(?<name>.+), before: (?<before>.+)$/, ({ name = '', before = '' }, { t }) => t('told.renamed', { name, before })],
  [/^by enrolling$/, (_, { t }) => t('told.by-enrolling')],
  [/^by pairing (?<device>.+)$/, ({ device = '' }, { t }) => t('told.by-pairing', { device })],
  [/^by the demonstration$/, (_, { t }) => t('told.by-demo')],
  [/^live$/, (_, { t }) => t('told.live')],
  [/^(?<from>\d{4}-\S+Z) to (?<to>\d{4}-\S+Z)$/, ({ from = '', to = '' }, reader) => reader.t('told.interval', { from: timeText(from, reader), to: timeText(to, reader) })],
  [/^(?<from>\d{4}-\S+Z) to (?<to>\d{4}-\S+Z), approved$/, ({ from = '', to = '' }, reader) => reader.t('told.approved', { from: timeText(from, reader), to: timeText(to, reader) })],
  [/^live, in an emergency$/, (_, { t }) => t('told.live-emergency')],
  [/^(?<from>\d{4}-\S+Z) to (?<to>\d{4}-\S+Z), in an emergency$/, ({ from = '', to = '' }, reader) => reader.t('told.back-emergency', { from: timeText(from, reader), to: timeText(to, reader) })],
  [
    /^for (?<minutes>\d+) min, (?<cameras>all cameras|\d+ cameras|\d+ groups): (?<reason>.+)$/,
    ({ minutes = '', cameras = '', reason = '' }, reader) => reader.t('told.emergency', { minutes, cameras: lengthOf(cameras, reader), reason }),
  ],
  [/^by whoever took it$/, (_, { t }) => t('told.emergency-person')],
  [/^its time is over$/, (_, { t }) => t('told.emergency-time')],
  [/^the role was taken back or has lapsed$/, (_, { t }) => t('told.emergency-taken-back')],
  [/^taken (?<at>\d{4}-\S+Z): (?<note>.+)$/, ({ at = '', note = '' }, reader) => reader.t('told.emergency-review', { at: timeText(at, reader), note })],
  [
    /^request (?<id>[0-9a-f]{8})[0-9a-f-]{28}: play back (?<from>\d{4}-\S+Z) to (?<to>\d{4}-\S+Z)(?:: (?<reason>.+))?$/,
    ({ id = '', from = '', to = '', reason }, reader) => reader.t('told.request', { id, from: timeText(from, reader), to: timeText(to, reader) }) + (reason ? `: ${reason}` : ''),
  ],
  [
    /^request (?<id>[0-9a-f]{8})[0-9a-f-]{28}: remove a camera with its footage(?:: (?<reason>.+))?$/,
    ({ id = '', reason }, { t }) => t('told.request-removal', { id }) + (reason ? `: ${reason}` : ''),
  ],
  [
    /^request (?<id>[0-9a-f]{8})[0-9a-f-]{28}: (?<rest>.+?)(?<alone>; nobody else could answer for 24 h)?$/,
    ({ id = '', rest = '', alone }, reader) => reader.t('told.request-rights', { id, rest: inWords(rest, reader) ?? rest }) + (alone ? `; ${reader.t('told.alone')}` : ''),
  ],
  [/^(?<rest>.+) \(asked for by (?<name>.+)\)$/, ({ rest = '', name = '' }, reader) => reader.t('told.asked-by', { rest: inWords(rest, reader) ?? rest, name })],
  [
    /^group (?<name>.+?), in (?<place>.+?)(?:: (?<what>made|removed|(?:\d+ in |\d+ out |before ).+))?$/,
    ({ name = '', place = '', what }, { t }) => t('told.group', { name, place }) + (what ? `: ${regroupedText(what, t)}` : ''),
  ],
  [
    /^(?<kind>live|playback) look of entry (?<entry>\d+): (?<seconds>\d+) s, (?<frames>\d+) frames seen(?:; ended: (?<reason>.+))?$/,
    ({ kind = '', entry = '', seconds = '', frames = '', reason }, { t }) =>
      t('told.look', { kind: kindText(kind, t), entry: t.number(Number(entry)), seconds: t.number(Number(seconds)), frames: t.number(Number(frames)) }) + (reason ? `; ${reasonText(reason, t)}` : ''),
  ],
  [/^one-time link for the role (?<role>[a-z-]+)$/, ({ role = '' }, { t }) => t('told.link-for-role', { role: t.word('role', role) })],
  [/^a link was made on the machine itself$/, (_, { t }) => t('told.recovered')],
  [/^signed in at another workstation$/, (_, { t }) => t('told.elsewhere')],
  [/^From here on each decision can be made again\.$/, (_, { t }) => t('told.decisions-kept')],
  [/^decide again(?: (?<asked>.+))?$/, ({ asked }, reader) => reader.t('told.decide-again') + (asked ? `, ${filtersText(asked, reader)}` : '')],
  [
    /^(?<kind>[a-z-]+\.[a-z-]+) of (?<since>\d{4}-\S+Z)(?:: (?<note>.+))?$/,
    ({ kind = '', since = '', note }, reader) => reader.t('told.alarm', { what: reader.t.word('alarm', kind), since: timeText(since, reader) }) + (note ? `: ${note}` : ''),
  ],
  // Before all that end like something somebody may have written as a reason.
  [
    /^(?<name>.+?): (?<roles>[a-z0-9-]+, (?:(?:all|\d+) cameras|groups [^,;]+)(?:, to be confirmed by \S+Z(?:, until \S+Z)?)?(?:; [a-z0-9-]+, (?:(?:all|\d+) cameras|groups [^,;]+), to be confirmed by \S+Z(?:, until \S+Z)?)*)(?:: (?<reason>.+))?$/,
    ({ name = '', roles = '', reason }, reader) => `${name}: ${roles.split('; ').map((held) => heldText(held, reader)).join('; ')}` + (reason ? `: ${reason}` : ''),
  ],
  [/^(?<name>.+): sign-in is reset, to enrol anew$/, ({ name = '' }, { t }) => t('gain.reset', { name })],
  [/^(?<name>.+): retired$/, ({ name = '' }, { t }) => t('told.role.retired', { name })],
  [
    /^(?<name>.+): (?<template>operator|supervisor|investigator), (?<limited>(?:\d+ h back|as far back as kept)(?:, (?:since given|within hours|for a purpose|for a case))*)$/,
    ({ name = '', template = '', limited = '' }, reader) => `${name}: ${allowedText(template, limited, reader)}`,
  ],
  [/^a new link$/, (_, { t }) => t('told.new-link')],
  [/^(?<name>.+): no role$/, ({ name = '' }, { t }) => `${name}: ${t('role.none')}`],
  [
    /^(?<name>.*), (?<view>indoor|outdoor|public), (?<purpose>.*), kept (?<hours>\d+) h(?:, by (?<way>[a-z-]+))?$/,
    ({ name = '', view = '', purpose = '', hours = '', way }, { t }) =>
      `${name}, ${t.word('view', view)}, ${purpose} ${t('camera.kept')} ${t('hours', { n: t.number(Number(hours)) })}.` + (way ? ` ${t('camera.transport')}: ${t.word('transport', way)}.` : ''),
  ],
  [/^(?<name>.+) at (?<address>rtsps?:\/\/\S+)$/, ({ name = '', address = '' }, { t }) => t('told.at', { name, address })],
  [
    /^(?<name>.+) at (?<address>rtsps:\/\/\S+), to be known by the certificate (?<certificate>[0-9a-f]{64})$/,
    ({ name = '', address = '', certificate = '' }, { t }) => t('told.at-known', { name, address, certificate: fingerprintText(certificate) }),
  ],
  [/^(?<host>\S+) is known by the certificate (?<certificate>[0-9A-Fa-f:]+)$/, ({ host = '', certificate = '' }, { t }) => t('told.certificate', { host, certificate: fingerprintText(certificate.replaceAll(':', '')) })],
  [
    /^(?<name>.+) may be called in the clear until (?<until>\d{4}-\S+Z): (?<reason>.+)$/,
    ({ name = '', until = '', reason = '' }, reader) => reader.t('told.exception', { name, until: timeText(until, reader), reason }),
  ],
  [/^(?<name>.+) has no exception from encryption$/, ({ name = '' }, { t }) => t('told.exception-ended', { name })],
  [
    /^(?<site>.+), (?<rule>encrypted cameras only|cameras in the clear too)$/,
    ({ site = '', rule = '' }, { t }) => `${site}, ${t(rule === 'encrypted cameras only' ? 'told.encrypted-only' : 'told.plain-too')}`,
  ],
  [/^the newest$/, (_, { t }) => t('told.newest')],
  [/^(?:action|person|object|outcome|from|to|text|before)=/, (found, reader) => filtersText(found['whole'] ?? '', reader)],
  [/^version (?<version>\S+)$/, ({ version = '' }, { t }) => t('told.version', { version })],
  [/^first site: (?<name>.+)$/, ({ name = '' }, { t }) => t('told.first-site', { name })],
  [
    /^(?<kind>\S+) before (?<day>\d{4}-\d\d-\d\d): keys of (?<days>\d+) days, packs of (?<tracks>\d+) tracks$/,
    ({ kind = '', day = '', days = '', tracks = '' }, { t }) => t('told.expiring', { kind: t.word('', classes[kind] ?? kind), day, days: t.number(Number(days)), tracks: t.number(Number(tracks)) }),
  ],
  [
    /^(?<kind>\S+) before (?<day>\d{4}-\d\d-\d\d): keys of (?<days>\d+) days, (?<packs>\d+) packs$/,
    ({ kind = '', day = '', days = '', packs = '' }, { t }) => t('told.expired', { kind: t.word('', classes[kind] ?? kind), day, days: t.number(Number(days)), packs: t.number(Number(packs)) }),
  ],
  [/^The recorder's clock is (?<hours>\d+) h (?<minutes>\d+) min ahead of what has passed\.$/, ({ hours = '', minutes = '' }, { t }) => t('told.leap', { hours, minutes })],
  [/^The clock was set back, or 24 hours have passed\.$/, (_, { t }) => t('told.leap-over')],
  [/^A person confirmed the clock: entry (?<entry>\d+)\.$/, ({ entry = '' }, { t }) => t('told.leap-confirmed', { entry: t.number(Number(entry)) })],
  [/^It no longer fitted\.$/, (_, { t }) => t('told.no-longer')],
  [/^The database did not answer\.$/, (_, { t }) => t('problem.database-unavailable')],
];

/** Whose text is a name or an address and nothing else. */
const names: ReadonlySet<string> = new Set(['pairing.asked', 'pairing.approved', 'camera.tested', 'site.changed', 'passkey.added', 'passkey.removed']);

const REFUSED = /^(?<what>[a-z][a-z -]*?)(?: \((?<faults>[^)]*)\))?: (?<reason>[a-z.-]+)$/;

export function toldText(entry: Entry, t: Text, zone: Zone, roles: readonly RoleName[] = []): Told {
  const written = entry.text ?? '';
  const reader = { t, zone, roles };
  if (entry.outcome === 'refused') {
    const found = REFUSED.exec(written)?.groups;
    if (found) {
      const { what = '', faults, reason = '' } = found;
      const why = faults ? faultsText(faults, t) : reasonText(reason, t);
      return { text: `${t.word('doing', what.replaceAll(' ', '-'))}: ${why}`, asWritten: false };
    }
  }
  if (entry.action === 'camera.tested' && t.has(`problem.camera-test.${written}`)) {
    return { text: t.word('problem.camera-test', written), asWritten: false };
  }
  const told = inWords(written, reader);
  return told === undefined ? { text: written, asWritten: written !== '' && !names.has(entry.action) } : { text: told, asWritten: false };
}

/** What the log's words say in the reader's language; nothing if nobody translated them. */
function inWords(written: string, reader: Reader): string | undefined {
  for (const [form, tell] of forms) {
    const found = form.exec(written);
    if (found) return tell({ ...found.groups, whole: written }, reader);
  }
  return undefined;
}

/** What an entry is about, by the name that people know it by; empty where that says nothing more. */
export function objectText(entry: Entry, cameras: readonly Camera[], sites: readonly Site[], t: Text): string {
  const [kind = '', id = ''] = (entry.object ?? '').split('/');
  switch (kind) {
    case 'camera':
      return cameras.find((camera) => camera.id === id)?.name ?? t('told.camera', { id: id.slice(0, 8) });
    case 'site':
      return sites.find((site) => site.id === id)?.name ?? '';
    case 'person':
      return id === entry.person ? '' : t('told.person', { id: id.slice(0, 8) });
    // What it is called stands in the text.
    case 'group':
    case 'wall':
    case 'passkey':
    case 'device':
      return '';
    default:
      return entry.object ?? '';
  }
}
