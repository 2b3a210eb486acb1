// Break-glass: a role that shows nothing is taken with a passkey and a reason, everybody who oversees is told at once,
// it ends, and somebody else says afterwards what is to be said of it.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { address, ask, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { checkPage } from './support/checks.mjs';
import { newcomer } from './support/newcomers.mjs';

const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

const REASON = 'Smoke in the lobby, and nobody else is here.';
const NOTE = 'There was smoke; one camera was looked at, and that was needed.';

let browser;
let officer;
let dpo;
before(async () => {
  browser = await startBrowser();
  officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  dpo = await openWindow(browser, { role: 'data-protection-officer' });
  // News is what has changed since a window was opened.
  await Promise.all([dpo.waitForResponse(`${address}/api/v1/emergencies`), dpo.goto(`${address}/cameras`)]);
});
after(() => browser?.close());

/** An authenticator in this page's computer, which verifies its user. */
async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
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

/** By the menu under one's name, up to the passkey. */
async function begin(page, reason) {
  await page.locator('.bar .who').click();
  await page.getByRole('menuitem', { name: 'Take the emergency role' }).click();
  await page.getByLabel('What has happened').fill(reason);
}

test('what is taken with a passkey shows pictures, is told at once, ends, and is reviewed by somebody else', async () => {
  const name = `Hilla ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, name, 'emergency', 'all');
  await authenticator(page);

  await page.goto(`${address}/`);
  await page.getByText('You have a role for emergencies').waitFor();
  await seen(page, 'emergency-waits');
  assert.equal((await ask(page, 'GET', '/cameras')).key, 'problem.right-missing');
  expected(page, 403);
  await page.getByRole('main').getByRole('button', { name: 'Take the emergency role' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take the emergency role' });
  await dialog.getByText('It is taken with a passkey, and you have none.').waitFor();
  assert.equal(await dialog.getByLabel('What has happened').isDisabled(), true);
  await seen(page, 'emergency-no-passkey');
  await dialog.getByRole('link', { name: 'Add one' }).click();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Key');
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Key', { exact: true }).waitFor();

  await begin(page, 'Smoke');
  assert.equal(await dialog.getByRole('button', { name: 'Go on with the passkey' }).isDisabled(), true, 'a word is no reason');
  await dialog.getByLabel('What has happened').fill(REASON);
  await seen(page, 'emergency-take');
  await dialog.getByRole('button', { name: 'Go on with the passkey' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm who you are' });
  await proof.getByText('You came in without your passkey.').waitFor();
  expected(page, 403);
  await seen(page, 'emergency-again');
  await proof.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await proof.getByText('Your passkey signs for this').waitFor();
  await seen(page, 'emergency-proof');
  await proof.getByRole('button', { name: 'Confirm with a passkey' }).click();

  const banner = page.getByRole('region', { name: 'Emergency', exact: true });
  await banner.getByText('You watch in an emergency: all cameras.').waitFor();
  const toast = dpo.getByRole('complementary', { name: 'News of an emergency' });
  await toast.getByText(`${name} has taken the emergency role: ${REASON}`).waitFor();
  await dpo.getByRole('link', { name: /Emergencies: 1 to look at/ }).waitFor();
  await seen(dpo, 'emergency-notice');
  await page.goto(`${address}/watch`);
  await page.locator('canvas[data-state="live"]').first().waitFor({ timeout: 20_000 });
  await banner.getByText(/Until \d\d:\d\d:\d\d, (?:59|60) min more\./).waitFor();
  await seen(page, 'emergency-watch');

  await toast.getByRole('link', { name: 'Open' }).click();
  const row = dpo.locator('li[data-emergency]', { hasText: name });
  await row.getByText(REASON).waitFor();
  await row.getByText(/Runs until \d\d:\d\d:\d\d/).waitFor();
  assert.equal(await row.getByRole('button', { name: /^Review/ }).count(), 0, 'what runs is not reviewed');
  await seen(dpo, 'emergencies-running');
  await dpo.goto(`${address}/system`);
  await dpo.getByText('Somebody has taken the emergency role').first().waitFor({ timeout: 20_000 });

  await banner.getByRole('button', { name: 'End now' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.locator('canvas[data-state="live"]').first().waitFor({ state: 'detached', timeout: 2_000 });
  expected(page, 403);
  await page.getByText('You have a role for emergencies').waitFor();

  await dpo.goto(`${address}/approvals`);
  await row.getByText(/Ended .* by whoever took it/).waitFor();
  await row.getByText(/Looked at what nothing else of theirs shows: /).waitFor();
  await row.getByRole('button', { name: `Review what ${name} took` }).click();
  const review = dpo.getByRole('dialog');
  await review.getByLabel('What is to be said of it').fill(NOTE);
  await seen(dpo, 'emergencies-review');
  await review.getByRole('button', { name: 'Keep the review' }).click();
  await row.getByText('Reviewed by Demo data protection officer').waitFor();
  await row.getByText(NOTE).waitFor();
  await seen(dpo, 'emergencies-reviewed');
  await row.getByRole('link', { name: `What ${name} did, in the log` }).click();
  await dpo.locator('table').getByText('Took the emergency role').first().waitFor({ timeout: 20_000 });
  await dpo.getByText(`for 60 minutes, all cameras: ${REASON}`).waitFor();
  await dpo.getByText('live, in an emergency').first().waitFor();
  await dpo.getByRole('button', { name: 'Show what everybody did' }).waitFor();
  await seen(dpo, 'emergency-log');

  const german = await openWindow(browser, { role: 'security-officer', language: 'de' });
  await german.goto(`${address}/approvals`);
  await german.getByText('Geprüft von Demo data protection officer').first().waitFor();
  await seen(german, 'emergencies-de');
  await german.context().close();

  assert.deepEqual(page.faults, []);
  assert.deepEqual(dpo.faults, []);
  await page.context().close();
  await ask(officer, 'DELETE', `/people/${id}`);
});

test('a security officer who takes the role back ends the pictures within two seconds', async () => {
  const name = `Ilta ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, name, 'emergency', 'all');
  await authenticator(page);
  await page.goto(`${address}/me`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Key');
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Key', { exact: true }).waitFor();
  await ask(page, 'POST', '/sign-out');
  await page.goto(`${address}/`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('You have a role for emergencies').waitFor();

  await begin(page, REASON);
  await page.getByRole('dialog').getByRole('button', { name: 'Go on with the passkey' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm who you are' });
  // Whoever signed in by their passkey is asked for it once.
  await proof.getByText('Your passkey signs for this').waitFor();
  await proof.getByRole('button', { name: 'Confirm with a passkey' }).click();
  await page.getByRole('region', { name: 'Emergency', exact: true }).waitFor();
  await page.goto(`${address}/watch`);
  await page.locator('canvas[data-state="live"]').first().waitFor({ timeout: 20_000 });

  const { roles } = (await ask(officer, 'GET', '/people')).items.find((each) => each.id === id);
  await ask(officer, 'DELETE', `/people/${id}/roles/${roles[0].id}`);

  await page.locator('canvas[data-state="live"]').first().waitFor({ state: 'detached', timeout: 2_000 });
  await page.getByRole('region', { name: 'Emergency', exact: true }).waitFor({ state: 'detached' });
  const taken = (await ask(officer, 'GET', '/emergencies')).items.find((each) => each.by.id === id);
  assert.equal(taken.reason, REASON);
  await ask(officer, 'POST', `/emergencies/${taken.id}/review`, { note: NOTE });
  await page.context().close();
  await ask(officer, 'DELETE', `/people/${id}`);
});
