// A stand-in for the server, for looking at the console without it: everything in memory, nothing real, never shipped.
// Start `npm run build && npm run mock`, then open http://localhost:8090/sign-in#operator (or another role).
import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { HOUR, SECOND, gone, items, notFound, ok, problem, uuid } from './answers.mjs';
import { clips } from './clips.mjs';
import { iso, nowMicros, serveMedia } from './media.mjs';
import { mayDo, meOf, nameOf, peopleRoutes, roleIds } from './people.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const dist = join(here, 'dist');
const started = nowMicros();

const made = await clips(join(here, 'target', 'clips'));
const site = { id: uuid(1000), name: 'Site North', zone: 'Europe/Helsinki', country: 'FI', controller: 'Pohjola Logistics Oy' };

function camera(number, name, view, purpose, { clip = number % 4, gaps = [], down = false, codec } = {}) {
  return {
    id: uuid(number),
    name,
    view,
    purpose,
    clip: made[clip],
    codec: codec ?? made[clip].codec,
    retentionHours: view === 'indoor' ? 72 : 48,
    gaps: gaps.map(([from, to, cause]) => ({ start: started - from * SECOND, end: started - to * SECOND, cause })),
    oldest: () => Math.floor((started - 3 * HOUR) / 2e6) * 2e6,
    state: () =>
      down
        ? { phase: 'backing-off', since: iso(started - 250 * SECOND), cause: 'camera-unreachable', message: 'The camera at 192.0.2.14 did not answer within 5 s. Check its power and network.', nextTryAt: iso(Math.ceil(nowMicros() / 3e7) * 3e7) }
        : { phase: 'streaming', since: iso(started - 7200 * SECOND), clockDifferenceMillis: 12 },
    wallStream: number % 2 === 1,
  };
}

let cameras = [
  camera(1, 'Lobby east', 'indoor', 'Protect visitors and staff at the main entrance.'),
  camera(2, 'Corridor 2 north', 'indoor', 'Find out who entered the store rooms after a theft.', { clip: 1, gaps: [[600, 420, 'recorder-stopped']] }),
  camera(3, 'Loading dock 1', 'outdoor', 'Protect goods and people at the dock outside and during delivery hours.', { clip: 2, gaps: [[95, 65, 'camera-unreachable'], [2400, 1900, 'camera-silent']] }),
  camera(4, 'Car park north', 'public', 'Help after damage to cars and assaults.', { clip: 3 }),
  camera(5, 'Stairwell B', 'indoor', 'Protect people on the escape route.', { down: true, gaps: [[250, -100_000, 'camera-unreachable']] }),
  camera(6, 'Goods entrance', 'outdoor', 'Protect goods at the gate.', { clip: 1, codec: 'hvc1.1.6.L93.B0' }),
];
let walls = [{ id: uuid(200), name: 'Entrances and yard', grid: '3x3', tiles: [uuid(1), uuid(2), uuid(3), uuid(4), uuid(5), uuid(6), null, null, null] }];
const alarm = (number, kind, severity, part, ago, more) => ({ number, key: `${kind}/${number}`, kind, severity, part, since: iso(started - ago * SECOND), changedAt: iso(started - ago * SECOND), end: 'stands', times: 1, values: {}, ...more });
let alarms = [
  alarm(9, 'camera.away', 'critical', 'cameras', 250, { subject: uuid(5), cause: 'The camera at 192.0.2.14 did not answer within 5 s.', nextStep: 'Look at its power and network.', times: 3 }),
  alarm(8, 'key-store.single', 'warning', 'keys', 7200, { values: { folder: '/var/lib/custodes/keys' }, cause: 'The key store is kept in one place only, /var/lib/custodes/keys: with that disk all footage is lost.', nextStep: 'Start with --key-copy.' }),
  alarm(7, 'storage.short', 'warning', 'storage', 9000, { cause: 'The volumes are full in 9 days.', nextStep: 'Add a volume.', values: { days: '9' }, acknowledged: { at: iso(started - 8000 * SECOND), person: uuid(101), name: 'Aino Korhonen', note: 'Second disk is ordered.' } }),
  alarm(6, 'volume.slow', 'critical', 'storage', 90_000, { cause: 'Volume /var/lib/custodes/volume-1 takes records more slowly than they come: 84 MB wait, and whole GOPs are dropped', nextStep: 'Look for what else uses the disk.', values: { folder: '/var/lib/custodes/volume-1', waiting: '84' }, end: 'ended', endedAt: iso(started - 89_900 * SECOND) }),
  alarm(5, 'camera.password', 'critical', 'cameras', 100_000, { subject: uuid(3), cause: 'The camera at 192.0.2.12 does not take user and password (401).', nextStep: 'Enter them anew.', end: 'stopped', endedAt: iso(started - 95_000 * SECOND) }),
];
const actions = [
  ['look.live-opened', 'operator', 'done', 'live'],
  ['look.playback-opened', 'operator', 'done', `${iso(started - 3 * HOUR)} to ${iso(started)}`],
  ['look.closed', 'operator', 'done', 'playback look of entry 1204381: 53 s, 1312 frames seen'],
  ['session.refused', undefined, 'refused', 'sign-in: bad-credentials'],
  ['camera.tested', 'system-administrator', 'failed', 'unreachable'],
  ['emergency.taken', 'emergency', 'done', 'for 60 min, all cameras: Smoke in the stairwell'],
  ['approval.asked', 'operator', 'done', `request ${uuid(400)}: play back ${iso(started - 80 * HOUR)} to ${iso(started - 79 * HOUR)}: A bicycle was taken`],
  ['person.rights-changed', 'security-officer', 'done', 'Pekka Laine: night-watch, groups Entrances (asked for by Yrsa Kallio)'],
  ['session.opened', 'security-officer', 'done', 'by password and code'],
  ['audit.read', 'data-protection-officer', 'done', 'the newest'],
  ['server.started', undefined, 'done', 'version 0.1.0'],
];
const entries = Array.from({ length: 340 }, (_, back) => {
  const [action, role, outcome, text] = actions[back % actions.length];
  return { index: 1_204_388 - back, time: iso(started - back * 97 * SECOND), ...(role && { person: meOf(role).person.id, name: nameOf(role) }), address: '127.0.0.1', action, object: action.startsWith('look') ? `camera/${uuid(1)}` : '', outcome, text, hash: randomBytes(32).toString('hex') };
});
const sessions = new Map();
const tickets = new Map();

function cameraView(each, role) {
  const stream = (number, kind, width, height) => ({ number, role: kind, ...(mayDo(role, 'configure-cameras') && { path: `/${kind}` }), codec: each.codec.startsWith('hvc') ? 'h265' : 'h264', rfc6381: each.codec, width, height });
  return {
    id: each.id,
    name: each.name,
    site: site.id,
    ...(mayDo(role, 'configure-cameras') && { device: { host: '192.0.2.10', port: 554 } }),
    channel: 1,
    purpose: each.purpose,
    view: each.view,
    retentionHours: each.retentionHours,
    streams: [stream(0, 'record', 1280, 720), ...(each.wallStream ? [stream(1, 'wall', 640, 360)] : [])],
    microphone: 'off',
    speaker: 'none',
    metadata: 'off',
    state: each.state(),
    storage: { bytes: 4.1e9 + Number(each.id.at(-1)) * 7e8, bytesPerDay: 31e9, oldest: iso(each.oldest()), newest: iso(nowMicros()), syncedThrough: iso(nowMicros() - 2 * SECOND) },
    addedAt: iso(started - 86_400 * 30 * SECOND),
  };
}

function coverage(each, from, to) {
  const spans = [];
  let at = Math.max(from, each.oldest());
  const end = Math.min(to, nowMicros());
  for (const gap of each.gaps.toSorted((a, b) => a.start - b.start)) {
    if (gap.end <= at || gap.start >= end) continue;
    if (gap.start > at) spans.push({ start: iso(at), end: iso(gap.start) });
    at = gap.end;
  }
  if (at < end) spans.push({ start: iso(at), end: iso(end) });
  const gaps = each.gaps.filter((gap) => gap.end > from && gap.start < to).map((gap) => ({ start: iso(gap.start), end: iso(Math.min(gap.end, nowMicros())), cause: gap.cause }));
  return { camera: each.id, stream: 0, spans, gaps, oldest: iso(each.oldest()), newest: iso(nowMicros()), syncedThrough: iso(nowMicros() - 2e6) };
}

function enter(role) {
  const token = randomUUID();
  sessions.set(token, role);
  return ok(meOf(role), 200, { 'Set-Cookie': `custodes=${token}; HttpOnly; SameSite=Strict; Path=/` });
}

const routes = [
  ['GET /server', () => ok({ name: 'Site North', version: '0.1.0', demo: true, time: iso(nowMicros()), enrolled: true })],
  ['POST /sign-in', ({ body }) => (body.code === '000000' ? problem(401, 'bad-credentials', 'Name, password or code is wrong.', 'Check all three; a code is good once and for 30 seconds.') : enter('operator'))],
  ['POST /sign-in/link', ({ body }) => (roleIds.includes(body.token) ? enter(body.token) : problem(401, 'link-not-good', 'This link was used, has expired or was never given.', 'Ask whoever gave it to you for a new one.'))],
  ['POST /enrolments/look', () => ok({ name: 'Pekka Laine', mayRename: false, roles: [{ id: 'operator', name: 'operator' }], totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', otpauth: 'otpauth://totp/Custodes:Pekka%20Laine?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Custodes', expiresAt: iso(nowMicros() + 24 * HOUR) })],
  ['POST /enrolments/accept', () => enter('operator')],
  ['POST /sign-out', ({ token }) => (sessions.delete(token), gone())],
  ...peopleRoutes(() => cameras),
  ['POST /pairings', () => ok({ code: 'KXPR-7M2Q', secret: 's', expiresAt: iso(nowMicros() + 600 * SECOND), approveAt: '/pair/KXPR-7M2Q' }, 201)],
  ['GET /pairings/:id', ({ id }) => ok({ code: id, device: 'custodes on desk-2 (Debian)', address: '127.0.0.1', expiresAt: iso(nowMicros() + 600 * SECOND) })],
  ['POST /pairings/:id/approve', gone],
  ['GET /sites', () => items([site])],
  ['GET /cameras', ({ role }) => items(cameras.map((each) => cameraView(each, role)))],
  ['POST /cameras/test', ({ body }) =>
    body.address?.includes('bad')
      ? problem(422, 'camera-test', 'The camera at 192.0.2.44 did not answer within 5 s.', 'Check address, port and network, then test again.')
      : ok({ reachable: true, codec: 'h264', rfc6381: 'avc1.64001F', width: 1280, height: 720, framesPerSecond: 25, keyFrameDistanceMillis: 2000, bitsPerSecond: 2_113_000, clockDifferenceMillis: 12, keyFrameArrived: true, microphone: 'off', metadata: 'off', backChannel: 'none' })],
  ['POST /cameras', ({ body, role }) => {
    if (!body.address.startsWith('rtsp://')) return problem(400, 'bad-input', 'The request has faults', 'Mend the fields.', [{ field: 'address', key: 'x', detail: 'An address begins with rtsp://, but this one does not.' }]);
    cameras = [...cameras, camera(cameras.length + 10, body.name, body.view, body.purpose)];
    return ok(cameraView(cameras.at(-1), role), 201);
  }],
  ['PATCH /cameras/:id', ({ id, body, role }) => {
    const found = cameras.find((each) => each.id === id);
    Object.assign(found, body);
    return ok(cameraView(found, role));
  }],
  ['DELETE /cameras/:id', ({ id }) => ((cameras = cameras.filter((each) => each.id !== id)), gone())],
  ['GET /timeline', ({ query }) => {
    const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name)) * 1000);
    return ok({ cameras: query.getAll('camera').flatMap((id) => cameras.filter((each) => each.id === id).map((each) => coverage(each, from, to))) });
  }],
  ['POST /tickets', ({ body }) => {
    const ticket = randomBytes(24).toString('base64url');
    tickets.set(ticket, body.key);
    return ok({ ticket, expiresAt: iso(nowMicros() + 60 * SECOND) });
  }],
  ['GET /walls', () => items(walls)],
  ['POST /walls', ({ body }) => ((walls = [...walls, { id: randomUUID(), ...body }]), ok(walls.at(-1), 201))],
  ['PUT /walls/:id', ({ id, body }) => ((walls = walls.map((each) => (each.id === id ? { id, ...body } : each))), ok({ id, ...body }))],
  ['DELETE /walls/:id', ({ id }) => ((walls = walls.filter((each) => each.id !== id)), gone())],
  ['GET /audit', ({ query }) => {
    const before = Number(query.get('before') ?? Infinity);
    const wanted = entries.filter((each) => each.index < before && (!query.get('action') || each.action === query.get('action')) && (!query.get('outcome') || each.outcome === query.get('outcome')) && (!query.get('q') || JSON.stringify(each).toLowerCase().includes(query.get('q').toLowerCase())));
    return ok({ items: wanted.slice(0, 100), more: wanted.length > 100, ...(wanted.length > 100 && { next: wanted[99].index }) });
  }],
  ['GET /me/entries', ({ role }) => items(entries.filter((each) => each.name === nameOf(role)).slice(0, 100))],
  ['GET /storage', () => ok({ bytesPerDay: 186e9, freeBytes: 5.08e12, fullAt: iso(started + 27 * 24 * HOUR), provisional: false, cameras: cameras.map((each, at) => ({ camera: each.id, bytesPerDay: 31e9, basisHours: at === 4 ? 0.5 : 72, retentionHours: each.retentionHours, neededBytes: 124e9, verdict: at === 4 ? 'unknown' : at === 3 ? 'short' : 'kept' })) })],
  ['GET /alarms', ({ query }) => ok({ items: alarms.filter((each) => (!query.get('state') || (query.get('state') === 'open') === (each.end === 'stands')) && (!query.get('kind') || each.kind === query.get('kind')) && (!query.get('camera') || each.subject === query.get('camera')) && JSON.stringify(each).toLowerCase().includes((query.get('q') ?? '').toLowerCase())), more: false })],
  ['POST /alarms/:id/acknowledge', ({ id, body, role }) => {
    const found = alarms.find((each) => String(each.number) === id);
    found.acknowledged ??= { at: iso(nowMicros()), person: meOf(role).person.id, name: nameOf(role), note: body.note ?? '' };
    return ok(found);
  }],
  ['GET /system', ({ role }) =>
    ok({
      alarms: alarms.filter((each) => each.end === 'stands'),
      ...(mayDo(role, 'see-system') && {
        volumes: [{ folder: '/var/lib/custodes/volume-1', health: 'recording', totalBytes: 14e12, usableBytes: 5.1e12, reserveBytes: 2e10, queuedBytes: 0, openPacks: 5 }],
        database: { reachable: true, embedded: true },
        clock: { state: 'synchronised' },
        recording: { cameras: 6, streaming: 5 },
      }),
    })],
];

function handle(method, url, body, token) {
  const path = url.pathname.slice('/api/v1'.length);
  for (const [route, answer] of routes) {
    const [verb, pattern] = route.split(' ');
    const match = new RegExp(`^${pattern.replaceAll(':id', '([^/]+)')}$`).exec(path);
    if (verb !== method || !match) continue;
    const role = sessions.get(token);
    const isOpen = /^\/(server|sign-in|enrolments|pairings$)/.test(path);
    if (!role && !isOpen) return problem(401, 'not-signed-in', 'Nobody is signed in, or the session has ended.', 'Sign in again.');
    return answer({ id: match[1], ids: match.slice(1), body, query: url.searchParams, role, token });
  }
  return notFound();
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain', '.md': 'text/plain' };
// The policy that the console is built to live under: no inline script, no inline style, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' ws://localhost:*; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const cookieOf = (request) => /custodes=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/api/')) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { status, body, headers = {} } = handle(request.method, url, text ? JSON.parse(text) : {}, cookieOf(request));
    response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
    return;
  }
  const wanted = normalize(join(dist, url.pathname));
  const file = wanted.startsWith(dist) && extname(wanted) !== '' && existsSync(wanted) ? wanted : join(dist, 'index.html');
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
  createReadStream(file).pipe(response);
});

const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  if (!sessions.has(cookieOf(request))) {
    socket.destroy();
    return;
  }
  sockets.handleUpgrade(request, socket, head, (opened) =>
    serveMedia(opened, {
      cameras: () => cameras,
      redeem: (ticket, key) => tickets.get(ticket) === key && tickets.delete(ticket),
    }),
  );
});

const port = Number(process.env.PORT ?? 8090);
server.listen(port, '127.0.0.1', () => {
  console.log(`Console with nothing behind it: http://localhost:${port}/sign-in#operator (${roleIds.join(', ')})`);
});
