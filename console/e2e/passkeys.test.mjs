// Passkeys with Chromium's own authenticator in software: made, used, renamed, removed, and what is told when
// it does not come to that.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { agree, address, ask, keepSession, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { checkPage } from './support/checks.mjs';

const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

const PASSWORD = 'seven purple kettles sing';
/** As long as a proof is fresh. */
const FRESH_MILLIS = 120_000;

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

/** What an authenticator shows now (RFC 6238 over RFC 4648 base32). */
function totp(secret, at = Date.now()) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** An authenticator in this page's computer, which verifies its user as long as it is told to. */
async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  return {
    verify: (isUserVerified) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    credentials: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** From now on it holds this passkey and no other. */
    hold: async (credential) => {
      await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
  };
}

async function seen(page, name) {
  for (const size of ['desk', 'phone']) {
    await page.setViewportSize(sizes[size]);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${pictures}/${name}-${size}.png` });
    await checkPage(page, `${name} ${size}`);
  }
  await page.setViewportSize(sizes.desk);
}

/** The browser itself logs every refused request; those that this test provokes are no faults of the page. */
function expected(page, status) {
  page.faults = page.faults.filter((fault) => !fault.includes(`status of ${status}`));
}

async function typeCode(scope, page, code) {
  await scope.getByLabel('Digit 1 of 6').click();
  await page.keyboard.type(code);
}

async function signOut(page) {
  await ask(page, 'POST', '/sign-out');
  await page.goto(`${address}/`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  expected(page, 401); // What the page we left was asking for at that moment.
}

/** Somebody who follows their invitation in a browser with an authenticator, up to the offer of a passkey. */
async function enrolled(officer, name) {
  const invited = await ask(officer, 'POST', '/people', { name, role: 'operator', cameras: 'all', reason: 'a test' });
  await agree(browser);
  const page = await openWindow(browser, {});
  const device = await authenticator(page);
  await page.goto(invited.link);
  const secret = (await page.locator('.secret code').innerText()).replaceAll(' ', '');
  await page.getByLabel('A password of at least 15 characters').fill(PASSWORD);
  await typeCode(page, page, totp(secret));
  await page.getByRole('button', { name: 'Make it mine and sign in' }).click();
  await page.getByRole('heading', { name: 'Your account is yours' }).waitFor({ timeout: 20_000 });
  return { page, device, secret, id: invited.person.id };
}

test('a passkey is offered after enrolling, signs in without a name, is renamed and removed', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  const { page, device, id } = await enrolled(officer, `Kaisa ${Date.now()}`);
  await seen(page, 'enrol-passkey');
  await page.getByLabel('Name').fill('Desk');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('.rail').waitFor({ timeout: 20_000 });
  const [made] = await device.credentials();
  assert.equal(made.rpId, 'localhost');
  assert.equal(made.isResidentCredential, true);

  await page.goto(`${address}/me`);
  await page.getByText('never used').waitFor();
  await signOut(page);
  await seen(page, 'sign-in-passkey');
  await device.verify(false);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('The authenticator gave no answer').waitFor({ timeout: 20_000 });
  await seen(page, 'sign-in-passkey-cancelled');
  await device.verify(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.locator('.rail').waitFor({ timeout: 20_000 });

  await page.goto(`${address}/me`);
  await page.getByText('last used').waitFor();
  await seen(page, 'mine-passkeys');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByLabel('Name').fill('Desk again');
  await seen(page, 'passkey-add');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await dialog.getByText('This authenticator holds a passkey of yours already.').waitFor();
  await seen(page, 'passkey-known');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Rename Desk' }).click();
  await dialog.getByLabel('Name').fill('Window desk');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Window desk', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Remove Window desk' }).click();
  await dialog.getByText('This passkey opens nothing here any more.').waitFor();
  await seen(page, 'passkey-remove');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('You have no passkey').waitFor();

  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey does not open anything here.').waitFor();
  expected(page, 401);
  await seen(page, 'sign-in-passkey-refused');
  await ask(officer, 'DELETE', `/people/${id}`);
  for (const window of [page, officer]) await window.context().close();
});

/** As above, with a passkey, and signed in. */
async function settled(officer, name) {
  const person = await enrolled(officer, name);
  await person.page.getByLabel('Name').fill('Desk');
  await person.page.getByRole('button', { name: 'Make it' }).click();
  await person.page.locator('.rail').waitFor({ timeout: 20_000 });
  const [passkey] = await person.device.credentials();
  return { ...person, passkey };
}

test('an operator has one workstation, and the next one takes it over at a change of shift', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  const first = await settled(officer, `Anni ${Date.now()}`);
  const second = await settled(officer, `Benno ${Date.now()}`);
  const desk = await openWindow(browser, {});
  const device = await authenticator(desk);
  await device.hold(first.passkey);

  await desk.goto(`${address}/`);
  await desk.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await desk.locator('.rail').waitFor({ timeout: 20_000 });
  await first.page.getByText('You have signed in at another workstation').waitFor({ timeout: 30_000 });
  expected(first.page, 401);
  await seen(first.page, 'sign-in-elsewhere');

  await desk.goto(`${address}/me`);
  await device.hold(second.passkey);
  await desk.locator('button.who').click();
  await desk.getByRole('menuitem', { name: 'Change of shift' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Change of shift' });
  await dialog.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  await seen(desk, 'shift-change');
  await dialog.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await desk.locator('button.who', { hasText: 'Benno' }).waitFor({ timeout: 20_000 });
  assert.equal(new URL(desk.url()).pathname, '/me');
  expected(second.page, 401);
  for (const { id, page } of [first, second]) {
    await ask(officer, 'DELETE', `/people/${id}`);
    await page.context().close();
  }
  for (const window of [desk, officer]) await window.context().close();
});

/** An officer who signed in more than two minutes ago. */
async function invitesWithAProof(officer) {
  const name = `Sampo ${Date.now()}`;
  const dialog = officer.getByRole('dialog');
  const proof = officer.getByRole('dialog', { name: 'Confirm who you are' });
  await officer.getByRole('button', { name: 'Invite a person' }).first().click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Why', { exact: true }).fill('a test');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await proof.getByText('This needs a proof that is not older than two minutes.').waitFor();
  expected(officer, 403);
  await seen(officer, 'invite-prove-again');
  // It closes the proof, and what was filled in beneath it stays.
  await officer.keyboard.press('Escape');
  await dialog.getByText('This needs a fresh proof of who you are.').waitFor();
  assert.equal((await ask(officer, 'GET', '/people')).items.some((each) => each.name === name), false, 'nothing is done without it');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await proof.getByRole('button', { name: 'Confirm', exact: true }).click();
  await dialog.getByText('works once').waitFor();
  expected(officer, 403);
  const { id } = (await ask(officer, 'GET', '/people')).items.find((each) => each.name === name);
  await ask(officer, 'DELETE', `/people/${id}`);
  await keepSession(officer, 'security-officer');
}

test('recovery codes are shown once and do for the authenticator; two minutes later who it is has to be confirmed', async () => {
  const officer = await openWindow(browser, { role: 'security-officer', confirms: false });
  await officer.goto(`${address}/people`);
  const name = `Reino ${Date.now()}`;
  const { page, device, secret, id } = await enrolled(officer, name);
  await page.getByRole('button', { name: 'Later' }).click();
  await page.locator('.rail').waitFor({ timeout: 20_000 });

  await page.goto(`${address}/me`);
  await page.getByText('0 codes are left.').waitFor();
  await page.getByRole('button', { name: 'Make new ones' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('These are shown this once.').waitFor();
  const codes = await dialog.locator('.recovery-codes li').allInnerTexts();
  assert.equal(new Set(codes).size, 10);
  assert.ok(codes.every((code) => /^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/.test(code)), 'ten codes in groups of four');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: `${pictures}/recovery-printed.png` });
  assert.equal(await page.getByRole('heading', { name: 'What is kept of you' }).isVisible(), false, 'the paper holds the codes alone');
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' });
  await seen(page, 'recovery-codes');
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 codes are left.').waitFor();

  await signOut(page);
  const signedInAt = await signInOnPaper(page, name, codes[0]);
  await page.goto(`${address}/me`);
  await page.getByText('9 codes are left.').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByLabel('Name').fill('Phone');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Phone', { exact: true }).waitFor();

  // There is no way to make a session look older than it is.
  await page.waitForTimeout(Math.max(0, signedInAt + FRESH_MILLIS + 2_000 - Date.now()));
  await invitesWithAProof(officer);
  await page.getByRole('button', { name: 'Remove Phone' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm who you are' });
  await proof.getByRole('button', { name: 'Confirm with a passkey' }).waitFor();
  expected(page, 403);
  await seen(page, 'prove-again');
  await device.verify(false);
  await proof.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await proof.getByText('The authenticator gave no answer').waitFor({ timeout: 20_000 });
  await typeCode(proof, page, '000000');
  await proof.getByRole('button', { name: 'Confirm with this code' }).click();
  await proof.getByText('This does not prove who you are').waitFor();
  expected(page, 403);
  await seen(page, 'prove-again-refused');
  await proof.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').getByText('This needs a fresh proof of who you are.').waitFor();
  await device.verify(true);
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await typeCode(proof, page, totp(secret));
  await proof.getByRole('button', { name: 'Confirm with this code' }).click();
  await page.getByText('You have no passkey').waitFor();
  expected(page, 403);
  await page.getByText('Proved again who they are').first().waitFor();
  await seen(page, 'mine-proved');

  await ask(officer, 'DELETE', `/people/${id}`);
  for (const window of [page, officer]) await window.context().close();
});

/** @returns when */
async function signInOnPaper(page, name, code) {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Use a recovery code on paper' }).click();
  await page.getByLabel('Recovery code').fill(code.toLowerCase().replaceAll('-', ' '));
  await seen(page, 'sign-in-recovery');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('.rail').waitFor({ timeout: 20_000 });
  return Date.now();
}

test('in a demonstration whoever came by a link confirms with a click until they have a passkey', async () => {
  const page = await openWindow(browser, { role: 'system-administrator' });
  const device = await authenticator(page);
  await page.goto(`${address}/me`);
  await page.getByText('You have no passkey').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Recovery codes' }).count(), 0, 'codes that would be of no use are not offered');
  assert.deepEqual((await ask(page, 'POST', '/me/proof/options')).ways, ['nothing']);
  const { items } = await ask(page, 'GET', '/me/sessions');
  assert.equal(items.length, 1);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Console');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  const confirm = page.getByRole('button', { name: 'Confirm', exact: true });
  const added = page.getByText('Console', { exact: true });
  await confirm.or(added).waitFor();
  if (await confirm.isVisible()) {
    expected(page, 403);
    await seen(page, 'prove-again-demo');
    await confirm.click();
    await confirm.waitFor({ state: 'detached' });
    await keepSession(page, 'system-administrator');
  }
  await added.waitFor();
  assert.deepEqual((await ask(page, 'POST', '/me/proof/options')).ways, ['passkey']);
  assert.equal((await device.credentials()).length, 1);

  await page.getByRole('button', { name: 'Remove Console' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('You have no passkey').waitFor();
  await page.context().close();
});
