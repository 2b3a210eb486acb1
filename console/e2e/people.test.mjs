// What is given and taken back shows at once: a role, its cameras, and whose pictures stop.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { address, agree, ask, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { checkPage } from './support/checks.mjs';
import { newcomer } from './support/newcomers.mjs';

const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

let browser;
before(async () => {
  browser = await startBrowser();
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

test('a role that is taken back stops its running pictures within two seconds, and a role that is given opens them again', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  const name = `Paavo ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, name, 'operator', 'all');
  await page.goto(`${address}/watch`);
  const live = page.locator('canvas[data-state="live"]');
  await live.first().waitFor({ timeout: 20_000 });

  await officer.reload();
  await officer.getByLabel('Find person').fill(name);
  await officer.getByRole('button', { name, exact: true }).click();
  const panel = officer.locator('.detail');
  await seen(officer, 'person-roles');
  await panel.getByRole('button', { name: 'Take it back' }).click();
  const dialog = officer.getByRole('dialog');
  await seen(officer, 'role-end');
  const taken = Date.now();
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await page.waitForFunction(() => document.querySelectorAll('canvas[data-state="live"]').length === 0, undefined, { timeout: 20_000 });
  const took = Date.now() - taken;
  assert.ok(took < 2_000, `its pictures stopped after ${took} ms`);
  await panel.getByText('This person has no role').waitFor();
  await page.goto(`${address}/`);
  await page.getByText('You have no role here any more.').waitFor();
  // What its pages asked for while it was taken back.
  page.faults = page.faults.filter((fault) => !/status of 403/.test(fault));
  await seen(page, 'no-role');

  await panel.getByRole('button', { name: 'Give a role' }).click();
  await dialog.getByLabel('Role').selectOption('operator');
  await dialog.getByLabel('Why', { exact: true }).fill('Covers the night shift until the new guard is trained.');
  await seen(officer, 'role-give');
  await dialog.getByRole('button', { name: 'Give a role' }).click();
  await panel.getByText('Waits for a second officer').waitFor();
  await seen(officer, 'role-waits');
  await agree(browser);
  await officer.reload();
  await officer.getByLabel('Find person').fill(name);
  await officer.getByRole('button', { name, exact: true }).click();
  await panel.getByRole('button', { name: 'Still needed' }).waitFor();
  await panel.getByText('Covers the night shift until the new guard is trained.').waitFor();
  await panel.getByRole('button', { name: 'Give a role' }).click();
  await dialog.getByLabel('Role').selectOption('data-protection-officer');
  await dialog.getByLabel('Why', { exact: true }).fill('To see what is refused.');
  await dialog.getByRole('button', { name: 'Give a role' }).click();
  await dialog.getByText('together').waitFor();
  await page.goto(`${address}/watch`);
  await live.first().waitFor({ timeout: 20_000 });

  await ask(officer, 'DELETE', `/people/${id}`);
  await page.context().close();
  await officer.context().close();
});

test('whoever lost what they sign in with enrols anew, once a second officer has agreed', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people`);
  const name = `Lotta ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, name, 'operator', 'all');
  await officer.reload();
  await officer.getByLabel('Find person').fill(name);
  await officer.getByRole('button', { name, exact: true }).click();
  const panel = officer.locator('.detail');
  const dialog = officer.getByRole('dialog');
  await panel.getByRole('button', { name: 'Reset sign-in' }).click();
  await dialog.getByText('A second security officer has to agree').waitFor();
  await seen(officer, 'person-reset');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${address}/watch`);
  await page.locator('canvas[data-state="live"]').first().waitFor({ timeout: 20_000 });

  await agree(browser);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor({ timeout: 30_000 });
  page.faults = page.faults.filter((fault) => !/status of 401/.test(fault));
  await officer.reload();
  await officer.getByLabel('Find person').fill(name);
  await officer.getByRole('button', { name, exact: true }).click();
  await panel.getByRole('button', { name: 'New link' }).click();
  await dialog.getByText('It works once and is shown only now.').waitFor();
  const link = await dialog.locator('code').first().innerText();
  await seen(officer, 'person-reset-link');
  const anew = await openWindow(browser, {});
  await anew.goto(link);
  await anew.getByLabel('A password of at least 15 characters').waitFor();

  await ask(officer, 'DELETE', `/people/${id}`);
  for (const window of [anew, page, officer]) await window.context().close();
});

test('a role of one’s own says in sentences what it allows, and footage older than that is withheld with its reason', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  const called = `Lobby guard ${Date.now()}`;
  await officer.goto(`${address}/people/roles`);
  await officer.getByRole('button', { name: 'Make a role' }).click();
  const dialog = officer.getByRole('dialog');
  await dialog.getByLabel('Name').fill(called);
  await dialog.getByLabel('Made from').selectOption('investigator');
  assert.ok(await dialog.getByLabel('Asks for the number of a case').isDisabled());
  await dialog.getByText('May ask a supervisor for older footage').waitFor();
  await dialog.getByLabel('Made from').selectOption('operator');
  await dialog.getByLabel('Looks back at most').selectOption('1');
  await dialog.getByRole('button', { name: 'Add hours' }).click();
  for (const day of ['Sa', 'Su']) await dialog.getByRole('button', { name: day, exact: true }).click();
  await dialog.getByText('Monday – Sunday, 07:00 – 19:00').waitFor();
  await seen(officer, 'role-make');
  await dialog.getByLabel('From', { exact: true }).fill('00:00');
  await dialog.getByLabel('To', { exact: true }).fill('00:00');
  await dialog.getByRole('button', { name: 'Make a role' }).click();
  const row = officer.getByRole('row', { name: called });
  await row.getByText('Looks back 1 hour at most').waitFor();
  await seen(officer, 'roles');

  const { items } = await ask(officer, 'GET', '/roles');
  const role = items.find((each) => each.name === called);
  const looker = `Pirkko ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, looker, role.id, 'all');
  const past = new Date(Date.now() - 3 * 3_600_000).toISOString();
  await page.goto(`${address}/playback?at=${past}`);
  await page.getByText('Older than your role may see').first().waitFor({ timeout: 20_000 });
  await page.getByText(/^Shown from .*Ask a supervisor for more\.$/).first().waitFor();
  await page.getByRole('button', { name: /^Ask for more of/ }).first().waitFor();
  await seen(page, 'playback-withheld');
  await page.goto(`${address}/playback?at=${new Date(Date.now() - 5_000).toISOString()}`);
  await page.locator('canvas[data-state="picture"]').first().waitFor({ timeout: 20_000 });

  await officer.getByRole('link', { name: 'People', exact: true }).last().click();
  await officer.getByLabel('Find person').fill(looker);
  await officer.getByRole('button', { name: looker, exact: true }).click();
  await officer.locator('.sights').getByText('Back: from').first().waitFor({ timeout: 20_000 });
  await seen(officer, 'person-sights');
  await officer.goto(`${address}/people/roles`);

  await row.getByRole('button', { name: 'Retire' }).click();
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await dialog.getByText('Take it from them first').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await ask(officer, 'DELETE', `/people/${id}`);
  await officer.reload();
  await row.getByRole('button', { name: 'Retire' }).click();
  await dialog.getByRole('button', { name: 'Retire' }).click();
  await row.waitFor({ state: 'detached' });

  const dpo = await openWindow(browser, { role: 'data-protection-officer' });
  await dpo.goto(`${address}/audit`);
  await dpo.getByText('Older than the role may see').first().waitFor({ timeout: 20_000 });
  for (const window of [page, officer, dpo]) await window.context().close();
});

test('a role that asks what for is told once, in each look and in the log', async () => {
  const officer = await openWindow(browser, { role: 'security-officer' });
  await officer.goto(`${address}/people/roles`);
  const called = `Investigation ${Date.now()}`;
  const role = await ask(officer, 'POST', '/roles', { name: called, template: 'operator', purposes: ['evidence'], needsCase: true });
  const { page, id } = await newcomer(browser, officer, `Pia ${Date.now()}`, role.id, 'all');
  await page.goto(`${address}/watch`);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Your role asks what you look for').waitFor({ timeout: 20_000 });
  await seen(page, 'why');
  await dialog.getByLabel('For').selectOption('safety');
  await dialog.getByRole('button', { name: 'Look' }).click();
  await dialog.getByText('Your role asks for another purpose').waitFor({ timeout: 20_000 });
  await dialog.getByLabel('For').selectOption('evidence');
  const number = `2026-${Date.now() % 1000}`;
  await dialog.getByLabel('Number of the case').fill(number);
  await dialog.getByRole('button', { name: 'Look' }).click();
  await page.locator('canvas[data-state="live"]').first().waitFor({ timeout: 20_000 });
  await page.getByRole('button', { name: `evidence for a case, ${number}` }).waitFor();
  await seen(page, 'why-said');

  const dpo = await openWindow(browser, { role: 'data-protection-officer' });
  await dpo.goto(`${address}/audit`);
  const { items } = await ask(dpo, 'GET', `/audit?person=${id}&action=look.live-opened&limit=10`);
  assert.ok(items.length > 0 && items.every((entry) => entry.purpose === 'evidence' && entry.caseNumber === number && /^[0-9a-f]{64}$/.test(entry.decision)), JSON.stringify(items[0]));
  await ask(officer, 'DELETE', `/people/${id}`);
  await ask(officer, 'DELETE', `/roles/${role.id}`);
  for (const window of [page, officer, dpo]) await window.context().close();
});
