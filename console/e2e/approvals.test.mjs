// What somebody may not see says why and is on record; a second person's yes shows exactly what was asked, once.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { address, ask, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { checkPage } from './support/checks.mjs';
import { newcomer } from './support/newcomers.mjs';

const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

const SECOND = 1_000;
const HEADER_BYTES = 24;
const NOT_SHOWN = 8;
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

let browser;
let officer;
let dpo;
before(async () => {
  browser = await startBrowser();
  officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  dpo = await openWindow(browser, { role: 'data-protection-officer' });
  await dpo.goto(`${address}/cameras`);
});
after(() => browser?.close());

async function seen(page, name) {
  for (const size of ['desk', 'phone']) {
    await page.setViewportSize(sizes[size]);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${pictures}/${name}-${size}.png` });
    await checkPage(page, `${name} ${size}`);
  }
  await page.setViewportSize(sizes.desk);
}

/** Two cameras, the first of them with footage of the last 20 s at least. */
async function recordedCameras() {
  for (let turn = 0; turn < 60; turn += 1) {
    const { items } = await ask(officer, 'GET', '/cameras');
    const streaming = items.filter((each) => each.state?.phase === 'streaming');
    const old = streaming.find((each) => Date.parse(each.storage?.oldest) < Date.now() - 20 * SECOND);
    const other = streaming.find((each) => each !== old);
    if (old && other) return [old, other];
    await officer.waitForTimeout(500);
  }
  throw new Error('No camera has footage of 20 s after half a minute.');
}

/** Somebody who may look back at one camera, at what is recorded from now on. */
async function guard(camera, language = 'en') {
  const role = await ask(officer, 'POST', '/roles', { name: `Guard ${Date.now()}`, template: 'operator', sinceGiven: true, hours: [], purposes: [], needsCase: false });
  const name = `Otso ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, name, role.id, [camera.id], language);
  const leave = async () => {
    await page.context().close();
    await ask(officer, 'DELETE', `/people/${id}`);
    await ask(officer, 'DELETE', `/roles/${role.id}`);
  };
  return { page, id, name, role, leave };
}

const entriesOf = async (id, query) => (await ask(dpo, 'GET', `/audit?person=${id}&limit=100&${query}`)).items;
const textsOf = async (id, query) => (await entriesOf(id, query)).map((entry) => entry.text).join('\n');

/** The wall times, in ms, of what the server sent to be shown. */
function watchFrames(page) {
  const shown = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (!Buffer.isBuffer(payload) || payload.length <= HEADER_BYTES || (payload.readUInt8(5) & NOT_SHOWN) !== 0) return;
      shown.push(Number(payload.readBigInt64BE(8)) / 1_000);
    }),
  );
  return shown;
}

test('another’s camera, older footage and other hours are refused in plain words, and each refusal is on record', async () => {
  const [mine, foreign] = await recordedCameras();
  const past = new Date(Date.now() - 10 * SECOND).toISOString();
  const { page, id, role, leave } = await guard(mine);

  await page.goto(`${address}/playback?cameras=${foreign.id}&at=${past}`);
  await page.getByText('nothing that you may see').waitFor({ timeout: 20_000 });
  await page.goto(`${address}/playback?cameras=${mine.id}&at=${past}`);
  await page.getByText('From before this camera was given to you').waitFor({ timeout: 20_000 });
  await ask(officer, 'PUT', `/roles/${role.id}`, { name: role.name, sinceGiven: true, hours: [{ days: [DAYS[(new Date().getUTCDay() + 3) % 7]], from: '00:00', to: '00:00' }], purposes: [], needsCase: false });
  await page.goto(`${address}/playback?cameras=${mine.id}`);
  await page.getByText('Your role may not do this at this hour').waitFor({ timeout: 20_000 });

  const refused = await textsOf(id, 'outcome=refused');
  for (const reason of ['camera-not-given', 'before-given', 'outside-hours']) assert.match(refused, new RegExp(`look: ${reason}`));
  await dpo.goto(`${address}/audit?outcome=refused`);
  await dpo.getByText('Looking back: From before the camera was given.').first().waitFor({ timeout: 20_000 });
  assert.deepEqual(page.faults, []);
  await leave();
});

test('what is asked reaches a supervisor’s second browser by itself, and their yes shows exactly that, once', async () => {
  const supervisor = await openWindow(browser, { role: 'supervisor' });
  await supervisor.goto(`${address}/cameras`);
  const inbox = supervisor.getByRole('link', { name: /^Approvals: / });
  await supervisor.getByRole('link', { name: 'Approvals: nothing waits for you' }).waitFor();
  await supervisor.getByLabel('Find camera').focus();
  const [camera] = await recordedCameras();
  const { zone } = (await ask(officer, 'GET', '/sites')).items[0];
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const to = Math.floor(Date.now() / SECOND) * SECOND - 5 * SECOND;
  const from = to - 4 * SECOND;
  const { page, id, name, leave } = await guard(camera);
  const shown = watchFrames(page);

  await page.goto(`${address}/playback?cameras=${camera.id}&at=${new Date(from + SECOND).toISOString()}`);
  await page.getByText('From before this camera was given to you').waitFor({ timeout: 20_000 });
  await seen(page, 'ask-tile');
  await page.getByRole('button', { name: `Ask for more of ${camera.name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^From, /).fill(clock.format(to));
  await dialog.getByLabel(/^To, /).fill(clock.format(from));
  await dialog.getByLabel('Why you need it').fill('A bicycle was taken at the rack.');
  await dialog.getByLabel('Number of the case').fill('2026-117');
  await dialog.getByRole('button', { name: 'Ask a supervisor' }).click();
  await dialog.getByText('must lie before').waitFor();
  page.faults = page.faults.filter((fault) => !/status of 400/.test(fault));
  await seen(page, 'ask');
  await dialog.getByLabel(/^From, /).fill(clock.format(from));
  await dialog.getByLabel(/^To, /).fill(clock.format(to));
  await dialog.getByRole('button', { name: 'Ask a supervisor' }).click();
  await dialog.getByText('A supervisor was asked.').waitFor();
  await seen(page, 'ask-sent');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  const toast = supervisor.getByRole('complementary', { name: 'News of approvals' });
  await toast.getByText(`${name} asks for more of ${camera.name}.`).waitFor();
  assert.equal(await supervisor.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Find camera');
  assert.equal(await inbox.getAttribute('aria-label'), 'Approvals: 1 request waits for your answer');
  await seen(supervisor, 'approvals-notice');
  await toast.getByRole('link', { name: 'Answer' }).click();
  await supervisor.getByText('A bicycle was taken at the rack.').waitFor();
  await seen(supervisor, 'approvals-waiting');
  await supervisor.getByRole('button', { name: `Yes to ${name}, ${camera.name}` }).click();
  const confirm = supervisor.getByRole('dialog').first();
  await confirm.getByText(`${name} will see ${camera.name}`).waitFor();
  await confirm.getByText(`${clock.format(from)} – ${clock.format(to)}`).waitFor();
  await seen(supervisor, 'approvals-confirm');
  await confirm.getByRole('button', { name: 'Say yes' }).click();
  const proof = supervisor.getByRole('dialog', { name: 'Confirm who you are' });
  await proof.getByText('Your yes is for this request alone').waitFor();
  await seen(supervisor, 'approvals-proof');
  await proof.getByRole('button', { name: 'Confirm', exact: true }).click();
  await supervisor.getByText('Nothing waits for your answer').waitFor();

  const told = page.getByRole('complementary', { name: 'News of approvals' });
  await told.getByText('said yes: you may look').waitFor();
  assert.equal(shown.filter((at) => at < to).length, 0, 'nothing of then was shown before the yes was used');
  await told.getByRole('link', { name: 'Open' }).click();
  await page.getByText('Good for one look').waitFor();
  await seen(page, 'approvals-approved');
  shown.length = 0;
  await page.getByRole('link', { name: 'Look now' }).click();
  await page.getByText(`Approved by`).waitFor();
  await page.getByText('Once: leaving this page ends it.').waitFor();
  await page.locator('canvas[data-state="picture"]').waitFor({ timeout: 20_000 });
  await seen(page, 'approved');
  const clockOfPicture = async () => Date.parse(await page.locator('.tile .clk').getAttribute('datetime'));
  assert.ok((await clockOfPicture()) >= from, 'the first picture is not from before what was asked');
  await page.keyboard.press('ArrowLeft');
  await page.locator('.notice').getByText('Here begins what was approved.').waitFor();
  assert.ok((await clockOfPicture()) >= from, 'there is no step to before what was asked');
  await page.getByRole('button', { name: 'Play (space)' }).click();
  await page.locator('.notice').getByText('Here ends what was approved.').waitFor({ timeout: 20_000 });
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('Not part of what was approved').waitFor({ timeout: 20_000 });
  await seen(page, 'approved-outside');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByText('Not part of what was approved').waitFor({ timeout: 20_000 });
  assert.ok(shown.length > 10, `${shown.length} frames flowed`);
  assert.ok(
    shown.every((at) => at >= from && at < to),
    `asked ${from} to ${to}, shown ${Math.min(...shown)} to ${Math.max(...shown)}`,
  );

  await page.reload();
  await page.locator('[data-approved="over"]').getByText('This is over').waitFor({ timeout: 20_000 });
  await seen(page, 'approved-over');
  await page.locator('.approved').getByRole('link', { name: 'To approvals' }).click();
  await page.getByText('It was used.').waitFor();

  const own = await textsOf(id, '');
  assert.match(own, /request \S+: play back \S+ to \S+: A bicycle was taken at the rack\./);
  assert.match(own, new RegExp(`${new Date(from).toISOString().slice(0, 19)}\\S+ to ${new Date(to).toISOString().slice(0, 19)}\\S+, approved`));
  assert.match(own, /approved look: approval-over/);
  const given = (await ask(dpo, 'GET', '/audit?action=approval.given&limit=1')).items[0];
  assert.equal(given.caseNumber, '2026-117');
  assert.deepEqual(page.faults, []);
  assert.deepEqual(supervisor.faults, []);
  await supervisor.context().close();
  await leave();
});

test('a no and a withdrawal show on the other side by themselves, in the reader’s language', async () => {
  const supervisor = await openWindow(browser, { role: 'supervisor', language: 'de' });
  await supervisor.goto(`${address}/approvals`);
  const [camera] = await recordedCameras();
  const { page, name, leave } = await guard(camera, 'de');
  const wanted = (reason) => ({ camera: camera.id, from: new Date(Date.now() - 19 * SECOND).toISOString(), to: new Date(Date.now() - 15 * SECOND).toISOString(), purpose: 'safety', reason });
  await page.goto(`${address}/approvals`);
  await page.getByText('Sie haben um nichts gebeten').waitFor();

  await ask(page, 'POST', '/approvals', wanted('Jemand ist gestürzt.'));
  await ask(page, 'POST', '/approvals', wanted('Das Tor stand offen.'));
  await supervisor.getByText('Das Tor stand offen.').waitFor();
  await seen(supervisor, 'approvals-waiting-de');
  await seen(page, 'approvals-asked-de');
  await page.locator('li', { hasText: 'Das Tor stand offen.' }).getByRole('button', { name: 'Bitte um' }).click();
  await supervisor.getByText('Das Tor stand offen.').waitFor({ state: 'detached' });
  // News is what has changed since a window was opened; what the page before it still asks is not waited for.
  await page.goto(`${address}/api/v1/server`);
  await Promise.all([page.waitForResponse(`${address}/api/v1/approvals`), page.goto(`${address}/cameras`)]);
  // A page that is no page of ours has no icon, and the browser asks for one all the same.
  page.faults = page.faults.filter((fault) => !fault.includes('/favicon.ico'));
  await supervisor.getByRole('button', { name: `Nein zu ${name}` }).click();
  await page.getByRole('complementary', { name: 'Neues zu Zustimmungen' }).getByText(`hat zu ${camera.name} nein gesagt.`).waitFor();
  await seen(page, 'approvals-refused-de');

  await supervisor.getByText('Nichts wartet auf Ihre Antwort').waitFor();
  assert.equal(await supervisor.evaluate(() => document.activeElement?.textContent), 'Wartet auf Ihre Antwort');
  await supervisor.context().close();
  await leave();
});

test('what gives somebody more reaches the second officer by itself, and holds with their yes', async () => {
  const second = await openWindow(browser, { role: 'second-officer' });
  // News is what has changed since a window was opened.
  await Promise.all([second.waitForResponse(`${address}/api/v1/approvals`), second.goto(`${address}/cameras`)]);
  const name = `Pirjo ${Date.now()}`;
  const { person } = await ask(officer, 'POST', '/people', { name, role: 'operator', cameras: 'all', reason: 'a test' });
  const toast = second.getByRole('complementary', { name: 'News of approvals' });
  await toast.getByText(`Demo security officer asks you to agree: ${name}: Operator, all cameras`).waitFor();
  await seen(second, 'approvals-rights-notice');
  await toast.getByRole('link', { name: 'Answer' }).click();
  await second.getByRole('button', { name: `Yes to Demo security officer, ${name}: Operator` }).click();
  await second.getByText(`It will hold: ${name}: Operator, all cameras`).waitFor();
  await seen(second, 'approvals-rights-confirm');
  await second.getByRole('button', { name: 'Say yes' }).click();
  await second.getByRole('dialog', { name: 'Confirm who you are' }).getByRole('button', { name: 'Confirm', exact: true }).click();
  await second.locator('li', { hasText: name }).getByText('It took effect.').waitFor();
  await officer.goto(`${address}/approvals`);
  await officer.locator('li', { hasText: name }).getByText('It took effect.').waitFor();
  await seen(officer, 'approvals-rights-asked');
  const held = (await ask(officer, 'GET', '/people')).items.find((each) => each.id === person.id);
  assert.equal(held.roles.length, 1);
  assert.deepEqual(held.waiting, []);
  await officer.goto(`${address}/people`);
  await ask(officer, 'DELETE', `/people/${person.id}`);
  assert.deepEqual(second.faults, []);
  await second.context().close();
});

test('a camera that footage is kept of is removed only with a supervisor’s yes', async () => {
  const [camera] = await recordedCameras();
  const admin = await openWindow(browser, { role: 'system-administrator' });
  await admin.goto(`${address}/cameras/${camera.id}`);
  await admin.getByRole('button', { name: 'Remove', exact: false }).first().click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByText('a supervisor of this camera has to say yes first').waitFor();
  await dialog.getByRole('button', { name: 'Remove camera' }).click();
  await dialog.getByLabel('Why, for whoever answers').fill('It is broken.');
  // The browser itself logs every refused request.
  admin.faults = admin.faults.filter((fault) => !/status of 403/.test(fault));
  await seen(admin, 'camera-remove-ask');
  await dialog.getByRole('button', { name: 'Ask a supervisor' }).click();
  await dialog.waitFor({ state: 'detached' });

  const supervisor = await openWindow(browser, { role: 'supervisor' });
  await supervisor.goto(`${address}/approvals`);
  const request = supervisor.locator('li', { hasText: 'It is broken.' });
  await request.getByText(`Remove ${camera.name}, of which footage is kept`).waitFor();
  await seen(supervisor, 'approvals-removal');
  await request.getByRole('button', { name: 'No to' }).click();
  await request.getByRole('button').first().waitFor({ state: 'detached' });
  const [entry] = (await ask(dpo, 'GET', '/audit?action=approval.denied&limit=1')).items;
  assert.match(entry.text, /remove a camera with its footage/);
  assert.equal((await ask(officer, 'GET', '/cameras')).items.some((each) => each.id === camera.id), true);
  assert.deepEqual(admin.faults, []);
  for (const window of [admin, supervisor]) await window.context().close();
});
