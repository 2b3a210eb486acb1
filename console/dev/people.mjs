// The stand-in server's people, roles, groups, requests for approval and emergencies: in memory, without a rule of the
// domain but who sees what, so that each screen opens with something on it and its buttons answer.
import { randomBytes, randomUUID } from 'node:crypto';
import { HOUR, SECOND, gone, items, notFound, ok, problem, uuid } from './answers.mjs';
import { iso, nowMicros } from './media.mjs';

const DAY = 24 * HOUR;
const started = nowMicros();
const ago = (micros) => iso(started - micros);
const within = (micros) => iso(started + micros);

/** One person for each role from the beginning, who comes in by `/sign-in#role`, and what they may do. */
const cast = {
  operator: ['Olga Virtanen', 'list-cameras watch-live play-back see-timeline arrange-walls'],
  supervisor: ['Susi Berg', 'list-cameras watch-live play-back see-timeline arrange-walls approve-playback approve-removal see-alarms acknowledge-alarms'],
  investigator: ['Ines Holm', 'list-cameras play-back see-timeline'],
  'security-officer': ['Xaver Lind', 'list-cameras arrange-groups manage-people manage-rights propose-rights approve-rights widen-rights see-rights review-emergencies see-alarms acknowledge-alarms'],
  'system-administrator': ['Aino Korhonen', 'list-cameras arrange-groups configure-cameras remove-recorded-camera configure-sites see-system see-alarms acknowledge-alarms'],
  'data-protection-officer': ['Doris Maier', 'list-cameras see-rights read-audit review-emergencies see-alarms'],
  auditor: ['Rita Saari', 'list-cameras see-rights read-audit review-emergencies'],
  installer: ['Ilmo Nurmi', 'list-cameras configure-cameras remove-recorded-camera see-alarms'],
  emergency: ['Eve Aho', 'take-emergency'],
};
export const roleIds = Object.keys(cast);
const idOf = (role) => uuid(100 + roleIds.indexOf(role));
export const nameOf = (role) => cast[role][0];
const who = (role) => ({ id: idOf(role), name: nameOf(role) });
const deputy = { id: uuid(120), name: 'Yrsa Kallio' };

let roles = roleIds.map((id) => ({ id, name: id, template: id, builtIn: true, sinceGiven: false, hours: [], purposes: [], needsCase: id === 'investigator' }));
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const nights = { id: 'night-watch', name: 'Nachtwache', template: 'operator', builtIn: false, oldestHours: 8, sinceGiven: true, hours: [{ days: weekdays, from: '19:00', to: '07:00' }], purposes: ['incident', 'safety'], needsCase: false };
roles.push(nights);
let groups = [
  { id: uuid(300), name: 'Ground floor', site: uuid(1000), parent: uuid(1000), cameras: [uuid(2)], holders: 0, waiting: [] },
  { id: uuid(301), name: 'Entrances', site: uuid(1000), parent: uuid(300), cameras: [uuid(1), uuid(6)], holders: 1, waiting: [] },
];
const held = (role, cameras, more = {}) => ({ id: randomUUID(), role, cameras, since: ago(40 * DAY), reviewBy: within(120 * DAY), owner: nameOf('security-officer'), reason: 'Works the day shift in the control room.', ...more });
let people = [
  ...roleIds.map((role, at) => ({ id: idOf(role), name: nameOf(role), roles: [held(role, 'all', role === 'installer' ? { until: within(20 * DAY) } : {})], waiting: [], state: 'active', lastSignIn: ago((at + 1) * 900 * SECOND) })),
  { ...deputy, roles: [held('security-officer', 'all', { reviewBy: within(10 * DAY) })], waiting: [], state: 'active', lastSignIn: ago(DAY) },
  { id: uuid(110), name: 'Pekka Laine', roles: [held('night-watch', { groups: [uuid(301)] })], waiting: [], state: 'active', lastSignIn: ago(DAY) },
  { id: uuid(111), name: 'Maximilian Freiherr von Hohenstein-Liebenau', roles: [], waiting: [{ approval: uuid(402), role: 'operator', cameras: [uuid(4)] }], state: 'invited' },
];

/** @param answeredBy the roles that may answer it; never whoever asked */
const request = (number, kind, by, answeredBy, more) => ({ id: uuid(number), kind, by, answeredBy, told: '', reason: '', askedAt: ago(300 * SECOND), waitsUntil: within(kind === 'playback' ? HOUR : 7 * DAY), state: 'waiting', ...more });
const officers = ['security-officer'];
const given = (person, role, cameras, more = {}) => ({ given: { person, role, cameras, places: groups.map(({ id, name }) => ({ id, name })), replaces: false, ...more } });
let requests = [
  request(400, 'playback', who('operator'), ['supervisor'], { camera: uuid(3), from: ago(80 * HOUR), to: ago(79 * HOUR), purpose: 'incident', reason: 'A bicycle was taken at the dock on Thursday.' }),
  request(401, 'removal', who('system-administrator'), ['supervisor'], { camera: uuid(5), reason: 'It is replaced by another one.' }),
  request(402, 'rights', deputy, officers, { concerned: uuid(111), gain: given({ id: uuid(111), name: people.at(-1).name }, { id: 'operator', name: 'operator' }, [uuid(4)]), reason: 'Begins on Monday.' }),
  request(403, 'rights', deputy, officers, { concerned: uuid(110), gain: { reset: { id: uuid(110), name: 'Pekka Laine' } } }),
  request(404, 'rights', deputy, officers, { gain: { allowed: { ...nights, oldestHours: 24 } } }),
  request(405, 'rights', deputy, officers, { gain: { regrouped: { id: uuid(301), after: { name: 'Entrances', parent: uuid(300), cameras: [uuid(1), uuid(3), uuid(6)] }, before: { name: 'Entrances', parent: uuid(300), cameras: [uuid(1), uuid(6)] }, places: [{ id: uuid(300), name: 'Ground floor' }] } } }),
  request(406, 'rights', who('security-officer'), [], { concerned: uuid(110), gain: given({ id: uuid(110), name: 'Pekka Laine' }, { id: 'night-watch', name: 'Nachtwache' }, { groups: [uuid(300)] }, { replaces: true }), reason: 'Looks after the ground floor too.' }),
  request(407, 'playback', who('operator'), [], { camera: uuid(1), from: ago(90 * HOUR), to: ago(89 * HOUR), purpose: 'evidence', caseNumber: '2026-117', reason: 'The police ask for it.', askedAt: ago(DAY), waitsUntil: ago(DAY - HOUR), state: 'used', answered: { by: who('supervisor'), at: ago(DAY - 600 * SECOND), yes: true } }),
];

const emergency = (number, by, takenAt, more) => ({ id: uuid(number), by, cameras: 'all', reason: 'Smoke in the stairwell, nobody answers there.', takenAt: iso(takenAt), until: iso(takenAt + HOUR), reviewBy: iso(takenAt + 72 * HOUR), looked: [], ...more });
let emergencies = [
  emergency(500, who('emergency'), started - 20 * HOUR, { endedAt: ago(19.5 * HOUR), endedHow: 'person', looked: [{ camera: uuid(1), looks: 2 }, { camera: uuid(5), looks: 1 }] }),
  emergency(501, who('emergency'), started - 30 * DAY, { endedAt: ago(30 * DAY - HOUR), endedHow: 'time', review: { by: who('data-protection-officer'), at: ago(29 * DAY), note: 'There was a fire, and what was looked at was needed.' } }),
];
const running = (role) => emergencies.find((each) => each.by.id === idOf(role) && each.endedAt === undefined);
const shown = (role) => (each) => ({ ...each, mayReview: each.endedAt !== undefined && !each.review && each.by.id !== idOf(role) });

let passkeys = [{ id: uuid(600), name: 'Key on the ring', backedUp: false, madeAt: ago(60 * DAY), lastUsedAt: ago(2 * HOUR) }];
const challenge = () => ({ challenge: randomBytes(32).toString('base64url'), timeout: 120_000, rpId: 'localhost', allowCredentials: [], userVerification: 'required' });
/** Inviting somebody asks for a proof until there was one, so that its dialog opens. */
let hasProved = false;
/** Nothing here is worth one. */
const proofAsk = () => ok({ ways: ['nothing'], passkey: challenge() });

export function mayDo(role, right) {
  return rightsOf(role).includes(right);
}

function rightsOf(role) {
  const taken = running(role) ? ['list-cameras', 'watch-live', 'play-back', 'see-timeline'] : [];
  return ['own-session', 'list-sites', ...cast[role][1].split(' '), ...taken];
}

export const meOf = (role) => ({ person: { ...who(role), roles: [{ id: role, name: role }] }, rights: rightsOf(role), demo: true, signedInAt: iso(started), idleMinutes: 15, endsAt: within(8 * HOUR) });

function requestsOf(role) {
  return requests
    .map(({ answeredBy, ...each }) => ({ ...each, own: each.by.id === idOf(role), mayAnswer: each.state === 'waiting' && answeredBy.includes(role) }))
    .filter((each) => each.own || each.mayAnswer || each.answered?.by.id === idOf(role));
}

/** Changes one of a list and answers with what is shown of it. */
function changed(all, id, change, view = (each) => each) {
  const found = all.find((each) => each.id === id);
  return found ? ok(view(Object.assign(found, change(found)))) : notFound();
}

function answered(id, role, yes) {
  const result = changed(requests, id, (each) => ({
    state: !yes ? 'refused' : each.kind === 'rights' ? 'used' : 'approved',
    answered: { by: who(role), at: iso(nowMicros()), yes },
    ...(yes && each.kind !== 'rights' && { goodUntil: iso(nowMicros() + 600 * SECOND) }),
  }));
  return result.status === 200 ? ok(requestsOf(role).find((each) => each.id === id)) : result;
}

function asked(role, kind, more) {
  requests = [request(0, kind, who(role), ['supervisor'], { id: randomUUID(), ...more, askedAt: iso(nowMicros()) }), ...requests];
  return ok(requestsOf(role)[0], 201);
}

const link = () => ({ link: `http://localhost:8090/enrol#${randomBytes(24).toString('base64url')}`, expiresAt: iso(nowMicros() + DAY) });
const changePerson = (id, change) => changed(people, id, change);
const changeHeld = (person, role, change) => changePerson(person, (each) => ({ roles: each.roles.flatMap((one) => (one.id === role ? change(one) : [one])) }));
const sight = (person, camera) => {
  const isOperator = person.roles.some((each) => ['operator', 'supervisor', 'night-watch'].includes(each.role));
  return { person: person.id, name: person.name, camera, live: isOperator ? [] : ['right-missing'], playback: isOperator ? [] : ['right-missing'], ...(isOperator && { from: ago(72 * HOUR) }) };
};

/** @param cameras those that there are now */
export const peopleRoutes = (cameras) => [
  ['GET /me', ({ role }) => ok(meOf(role))],
  ['GET /me/sessions', () => items([{ id: uuid(700), kind: 'browser', address: '127.0.0.1', workstation: 'Firefox on Linux', signedInAt: iso(started), lastSeen: iso(nowMicros()), endsAt: within(12 * HOUR), current: true }, { id: uuid(701), kind: 'command-line', address: '127.0.0.1', workstation: 'custodes on desk-2', signedInAt: ago(HOUR), lastSeen: ago(900 * SECOND), endsAt: within(11 * HOUR), current: false }])],
  ['DELETE /me/sessions', () => ok({ ended: 1 })],
  ['DELETE /me/sessions/:id', () => ok({ ended: 1 })],
  ['GET /me/passkeys', () => items(passkeys)],
  ['PATCH /me/passkeys/:id', ({ id, body }) => changed(passkeys, id, () => ({ name: body.name }))],
  ['DELETE /me/passkeys/:id', ({ id }) => ((passkeys = passkeys.filter((each) => each.id !== id)), gone())],
  ['POST /me/passkeys/options', ({ role }) => ok({ ...challenge(), rp: { id: 'localhost', name: 'Custodes' }, user: { id: 'AA', name: nameOf(role), displayName: nameOf(role) }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }], excludeCredentials: [], authenticatorSelection: {}, attestation: 'none' })],
  ['POST /me/passkeys', ({ body }) => ((passkeys = [...passkeys, { id: randomUUID(), name: body.name, backedUp: true, madeAt: iso(nowMicros()) }]), ok(passkeys.at(-1), 201))],
  ['GET /me/recovery-codes', () => ok({ left: 7, useful: true })],
  ['POST /me/recovery-codes', () => ok({ codes: Array.from({ length: 10 }, () => randomBytes(10).toString('hex')) })],
  ['POST /me/proof/options', proofAsk],
  ['POST /me/proof', ({ role }) => ((hasProved = true), ok(meOf(role)))],
  ['POST /sign-in/passkey/options', () => ok(challenge())],
  ['GET /people', () => items(people)],
  ['POST /people', ({ body }) => {
    if (!hasProved) return problem(403, 'proof-too-old', 'This needs a fresh proof of who you are.', 'Confirm who you are and try again.');
    people = [...people, { id: randomUUID(), name: body.name, roles: [], waiting: [{ approval: randomUUID(), role: body.role, cameras: body.cameras }], state: 'invited' }];
    return ok({ person: people.at(-1), ...link() }, 201);
  }],
  ['POST /people/:id/invite-again', ({ id }) => ok({ person: people.find((each) => each.id === id), ...link() })],
  ['POST /people/:id/reset', ({ id }) => changePerson(id, () => ({}))],
  ['POST /people/:id/roles', ({ id, body }) => changePerson(id, (each) => ({ waiting: [...each.waiting, { approval: randomUUID(), role: body.role, cameras: body.cameras }] }))],
  ['PUT /people/:id/roles/:id/cameras', ({ ids, body }) => changeHeld(ids[0], ids[1], (one) => [{ ...one, cameras: body.cameras }])],
  ['POST /people/:id/roles/:id/confirm', ({ ids }) => changeHeld(ids[0], ids[1], (one) => [{ ...one, reviewBy: within(180 * DAY) }])],
  ['DELETE /people/:id/roles/:id', ({ ids }) => changeHeld(ids[0], ids[1], () => [])],
  ['DELETE /people/:id/sessions', gone],
  ['DELETE /people/:id', ({ id }) => (changePerson(id, () => ({ state: 'removed', roles: [] })), gone())],
  ['GET /people/:id/sights', ({ id }) => items(cameras().map((camera) => sight(people.find((each) => each.id === id), camera.id)))],
  ['GET /cameras/:id/sights', ({ id }) => items(people.filter((each) => each.roles.length > 0).map((person) => sight(person, id)))],
  ['GET /roles', () => items(roles)],
  ['POST /roles', ({ body }) => ((roles = [...roles, { sinceGiven: false, hours: [], purposes: [], needsCase: false, ...body, id: randomUUID(), builtIn: false }]), ok(roles.at(-1), 201))],
  ['PUT /roles/:id', ({ id, body }) => changed(roles, id, () => body)],
  ['DELETE /roles/:id', ({ id }) => ((roles = roles.filter((each) => each.id !== id)), gone())],
  ['GET /groups', () => items(groups)],
  ['POST /groups', ({ body }) => ((groups = [...groups, { id: randomUUID(), site: uuid(1000), cameras: [], holders: 0, waiting: [], ...body }]), ok(groups.at(-1), 201))],
  ['PATCH /groups/:id', ({ id, body }) => changed(groups, id, () => body)],
  ['DELETE /groups/:id', ({ id }) => ((groups = groups.filter((each) => each.id !== id)), gone())],
  ['GET /approvals', ({ role }) => items(requestsOf(role))],
  ['POST /approvals', ({ body, role }) => asked(role, 'playback', body)],
  ['POST /cameras/:id/removal', ({ id, body, role }) => asked(role, 'removal', { camera: id, ...body })],
  ['POST /approvals/:id/proof', proofAsk],
  ['POST /approvals/:id/yes', ({ id, role }) => answered(id, role, true)],
  ['POST /approvals/:id/no', ({ id, role }) => answered(id, role, false)],
  ['DELETE /approvals/:id', ({ id, role }) => {
    const result = changed(requests, id, () => ({ state: 'withdrawn' }));
    people.forEach((each) => (each.waiting = each.waiting.filter((one) => one.approval !== id)));
    return result.status === 200 ? ok(requestsOf(role).find((each) => each.id === id) ?? result.body) : ok({});
  }],
  ['GET /me/emergency', ({ role }) => ok({ cameras: 'all', ...(running(role) && { running: shown(role)(running(role)) }), locked: false, hasPasskey: true })],
  ['POST /me/emergency/proof', proofAsk],
  ['POST /me/emergency', ({ body, role }) => {
    emergencies = [emergency(0, who(role), nowMicros(), { id: randomUUID(), reason: body.reason }), ...emergencies];
    return ok(shown(role)(emergencies[0]), 201);
  }],
  ['DELETE /me/emergency', ({ role }) => (running(role) ? changed(emergencies, running(role).id, () => ({ endedAt: iso(nowMicros()), endedHow: 'person' }), shown(role)) : notFound())],
  ['GET /emergencies', ({ role }) => items(emergencies.map(shown(role)))],
  ['POST /emergencies/:id/review', ({ id, body, role }) => changed(emergencies, id, () => ({ review: { by: who(role), at: iso(nowMicros()), note: body.note } }), shown(role))],
  ['GET /replay', () => ok({ same: 312, items: [], more: false })],
];
