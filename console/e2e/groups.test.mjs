// Groups of cameras: made and filled by whoever runs the cameras, given as what a role is on, and what comes into one later waits for a second officer.
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

const knownTo = async (page) => (await ask(page, 'GET', '/cameras')).items.map((each) => each.name);

/** What a camera's page or list may show of it, read again until it does. */
async function until(read, wanted, what) {
  for (let turn = 0; turn < 40; turn += 1) {
    if (wanted(await read())) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.fail(what);
}

test('a group is made, filled and given a role on; what comes into it later waits for a second officer, and what goes out is lost at once', async () => {
  const admin = await openWindow(browser, { role: 'system-administrator' });
  const officer = await openWindow(browser, { role: 'security-officer' });
  const name = `Lobby group ${Date.now()}`;
  await admin.goto(`${address}/cameras/groups`);
  const [first, second] = (await ask(admin, 'GET', '/cameras')).items.filter((each) => each.removedAt === undefined);
  if ((await ask(admin, 'GET', '/groups')).items.length === 0) {
    await admin.getByText('No group yet').waitFor();
    await seen(admin, 'groups-none');
  }

  await admin.getByRole('button', { name: 'Make a group' }).first().click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await seen(admin, 'group-make');
  await dialog.getByRole('button', { name: 'Make a group' }).click();
  const panel = admin.locator('.detail');
  await panel.getByRole('heading', { name }).waitFor();
  await panel.getByRole('combobox', { name: 'Cameras' }).click();
  await admin.getByRole('option', { name: first.name, exact: true }).click();
  await admin.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Save' }).click();
  const group = async () => (await ask(admin, 'GET', '/groups')).items.find((each) => each.name === name);
  await until(group, ({ cameras }) => cameras.join() === first.id, `${first.name} lies in ${name}`);
  const { id: groupId } = await group();
  await seen(admin, 'groups');

  await officer.goto(`${address}/people`);
  const called = `Gerda ${Date.now()}`;
  const { page, id } = await newcomer(browser, officer, called, 'auditor', []);
  const auditor = (await ask(officer, 'GET', '/people')).items.find((each) => each.id === id).roles[0];
  await ask(officer, 'DELETE', `/people/${id}/roles/${auditor.id}`);
  await officer.reload();
  await officer.getByLabel('Find person').fill(called);
  await officer.getByRole('button', { name: called, exact: true }).click();
  const person = officer.locator('.detail');
  await person.getByRole('button', { name: 'Give a role' }).click();
  const giving = officer.getByRole('dialog');
  await giving.getByLabel('Role').selectOption('operator');
  await giving.getByRole('radio', { name: 'Groups and sites, with whatever comes into them' }).check();
  await giving.getByLabel('Find group').fill(name.slice(-6));
  await giving.getByRole('checkbox', { name: new RegExp(name) }).check();
  await giving.getByLabel('Why', { exact: true }).fill('Guards the lobby.');
  await seen(officer, 'role-on-group');
  await giving.getByRole('button', { name: 'Give a role' }).click();
  await person.getByText('Waits for a second officer').waitFor();
  await person.getByText(`On: ${name}.`).waitFor();
  await agree(browser);
  await page.goto(`${address}/cameras`);
  await until(() => knownTo(page), (names) => names.join() === first.name, `whoever has a role on ${name} knows ${first.name} alone`);

  await admin.reload();
  await admin.getByRole('button', { name, exact: true }).click();
  await panel.getByText('Roles are given on this group.').waitFor();
  await panel.getByRole('combobox', { name: 'Cameras' }).click();
  await admin.getByRole('option', { name: second.name, exact: true }).click();
  await admin.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Save' }).click();
  await panel.getByText('Ask a security officer to do it.').waitFor();
  // The browser logs what the server refused.
  admin.faults = admin.faults.filter((fault) => !/status of 400/.test(fault));
  await seen(admin, 'group-held');

  await officer.goto(`${address}/cameras/groups`);
  await officer.getByRole('button', { name, exact: true }).click();
  await person.getByRole('combobox', { name: 'Cameras' }).click();
  await officer.getByRole('option', { name: second.name, exact: true }).click();
  await officer.keyboard.press('Escape');
  await person.getByRole('button', { name: 'Save' }).click();
  await person.getByText('Waits for a second officer').waitFor();
  await person.getByText(second.name).first().waitFor();
  await seen(officer, 'group-waits');
  assert.deepEqual(await knownTo(page), [first.name]);
  await agree(browser);
  await until(() => knownTo(page), (names) => names.includes(second.name), `${second.name} came into ${name} with the second officer's yes`);

  await ask(officer, 'PATCH', `/groups/${groupId}`, { cameras: [first.id] });
  assert.deepEqual(await knownTo(page), [first.name]);

  const refused = await ask(officer, 'DELETE', `/groups/${groupId}`);
  assert.equal(refused.faults?.[0]?.key, 'group.in-use');
  officer.faults = officer.faults.filter((fault) => !/status of 400/.test(fault));
  await ask(officer, 'DELETE', `/people/${id}`);
  await officer.reload();
  await officer.getByRole('button', { name, exact: true }).click();
  await person.getByRole('button', { name: 'Remove group' }).click();
  await seen(officer, 'group-remove');
  await officer.getByRole('dialog').getByRole('button', { name: 'Remove group' }).click();
  await officer.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
  assert.deepEqual([...admin.faults, ...officer.faults], []);
  await page.context().close();
  await officer.context().close();
  await admin.context().close();
});
