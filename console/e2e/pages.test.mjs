// Walks every page as the role that works there, wide and narrow, dark and light, and keeps a picture of each.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { address, ask, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { checkPage } from './support/checks.mjs';

const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const settled = {
  watch: async (page) => page.locator('canvas[data-state="live"]').first().waitFor({ timeout: 20_000 }),
  playback: async (page) => page.locator('canvas[data-state="picture"]').first().waitFor({ timeout: 20_000 }),
  /** What entries tell is told in the reader's language; what the console has no form for is marked as English. */
  told: async (page) => {
    await settled.table(page);
    assert.deepEqual(await page.locator('.audit-text [lang="en"]').allTextContents(), []);
  },
  table: async (page) => page.locator('tbody tr').first().waitFor({ timeout: 20_000 }),
};

/** Asks the server one thing as that role, as its pages would. */
async function asRole(role, path, body, method = 'POST') {
  const page = await openWindow(browser, { role });
  try {
    await page.goto(`${address}/cameras`);
    const answer = await ask(page, method, path, body);
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  } finally {
    await page.context().close();
  }
}

async function enrolmentPath() {
  const { link } = await asRole('security-officer', '/people', { name: `Walker ${Date.now()}`, role: 'operator', cameras: 'all', reason: 'a test' });
  return `/enrol${new URL(link).hash}`;
}

async function pairingPath() {
  const { code } = await asRole('operator', '/pairings', { device: 'custodes on desk-2 (Debian)' });
  return `/pair/${code}`;
}

/** A camera that nobody answers for: nothing listens on port 9 of this machine. */
const silent = { name: 'Stairwell B', address: 'rtsp://127.0.0.1:9/stairs', purpose: 'To protect people on the escape route.', view: 'indoor' };

async function addSilent() {
  const { items } = await asRole('system-administrator', '/cameras', undefined, 'GET');
  const known = items.find((each) => each.name === silent.name && each.state.phase !== 'removed');
  return known ?? asRole('system-administrator', '/cameras', silent);
}

async function removeSilent() {
  const { id } = await addSilent();
  await asRole('system-administrator', `/cameras/${id}`, undefined, 'DELETE');
}

/** What the console would be told if the network broke, or the server took its time. */
const unanswered = (path) => (page) => page.route(`**/api/v1${path}`, (route) => route.abort('connectionrefused'));
const slow = (path) => (page) => page.route(`**/api/v1${path}`, () => {});

/** name, role, path, what is done before and after it is opened, and after looking. */
const pages = [
  { name: 'sign-in', path: '/sign-in', ready: (page) => page.locator('.door form').waitFor() },
  { name: 'enrol-without-token', path: '/enrol', ready: (page) => page.locator('.empty').waitFor() },
  { name: 'enrol', path: enrolmentPath, ready: (page) => page.locator('.qr').waitFor() },
  { name: 'pair', role: 'operator', path: pairingPath, ready: (page) => page.locator('.pair-code').waitFor() },
  { name: 'watch', role: 'operator', path: '/watch', ready: settled.watch },
  {
    name: 'watch-tile',
    role: 'operator',
    path: '/watch',
    ready: async (page) => {
      await settled.watch(page);
      await page.locator('[data-place="0"]').focus();
      await page.keyboard.press('.');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'watch-full',
    role: 'operator',
    path: '/watch',
    ready: async (page) => {
      await settled.watch(page);
      await page.locator('[data-place="0"]').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/full=/);
      await settled.watch(page);
    },
  },
  { name: 'playback', role: 'operator', path: '/playback', ready: settled.playback },
  {
    name: 'playback-interval',
    role: 'operator',
    path: '/playback',
    ready: async (page) => {
      await settled.playback(page);
      await page.keyboard.press('i');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('o');
      await page.locator('.iv').waitFor();
      await settled.playback(page);
    },
  },
  {
    name: 'palette',
    role: 'operator',
    path: '/watch',
    ready: async (page) => {
      await settled.watch(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
    },
  },
  { name: 'cameras', role: 'system-administrator', path: '/cameras', ready: settled.table },
  {
    name: 'camera',
    role: 'system-administrator',
    path: '/cameras',
    ready: async (page) => {
      await page.locator('a.row-link').first().click();
      await page.locator('.dossier').waitFor();
    },
  },
  {
    name: 'camera-add',
    role: 'system-administrator',
    path: '/cameras',
    ready: async (page) => {
      await settled.table(page);
      await page.locator('.page-head .btn.p').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'camera-add-refused',
    role: 'system-administrator',
    path: '/cameras',
    ready: async (page) => {
      await settled.table(page);
      await page.locator('.page-head .btn.p').click();
      const dialog = page.getByRole('dialog');
      const fields = dialog.locator('input:not([type="hidden"])');
      await fields.nth(0).fill(silent.address);
      await fields.nth(3).fill(silent.name);
      await dialog.locator('textarea').fill(silent.purpose);
      await dialog.locator('button[type="submit"]').click();
      await dialog.locator('.failure').waitFor({ timeout: 30_000 });
      await dialog.locator('.failure + p').scrollIntoViewIfNeeded();
    },
    expects: /status of 422/,
  },
  { name: 'system', role: 'system-administrator', path: '/system', ready: (page) => page.locator('.volume').first().waitFor() },
  { name: 'people', role: 'security-officer', path: '/people', ready: settled.table },
  {
    name: 'person',
    role: 'security-officer',
    path: '/people',
    ready: async (page) => {
      await page.locator('tbody tr').first().click();
      await page.locator('.detail').waitFor();
    },
  },
  {
    name: 'invite',
    role: 'security-officer',
    path: '/people',
    ready: async (page) => {
      await settled.table(page);
      await page.locator('.page-head .btn.p').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'audit', role: 'data-protection-officer', path: '/audit', ready: settled.told },
  { name: 'audit-nothing', role: 'data-protection-officer', path: '/audit?from=2999-01-01', ready: (page) => page.locator('.empty').waitFor() },
  {
    name: 'entry',
    role: 'data-protection-officer',
    path: '/audit',
    ready: async (page) => {
      await page.locator('tbody tr').first().click();
      await page.locator('.detail').waitFor();
    },
  },
  { name: 'not-yours', role: 'data-protection-officer', path: '/watch', ready: (page) => page.locator('.empty').waitFor() },
  { name: 'not-found', role: 'operator', path: '/nowhere', ready: (page) => page.locator('.empty').waitFor() },
  {
    name: 'keys',
    role: 'operator',
    path: '/cameras',
    ready: async (page) => {
      await settled.table(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'person-menu',
    role: 'data-protection-officer',
    path: '/cameras',
    ready: async (page) => {
      await settled.table(page);
      await page.locator('.who').click();
      await page.getByRole('menu').waitFor();
    },
  },
  { name: 'mine', role: 'operator', path: '/me', ready: (page) => page.locator('.mine-entries li').first().waitFor({ timeout: 20_000 }) },
  { name: 'approvals', role: 'supervisor', path: '/approvals', ready: (page) => page.locator('.empty').first().waitFor() },
  { name: 'approvals-asked', role: 'operator', path: '/approvals', ready: (page) => page.locator('.empty').first().waitFor() },
  { name: 'approvals-neither', role: 'system-administrator', path: '/approvals', ready: (page) => page.locator('.empty').first().waitFor() },
  { name: 'roles', role: 'security-officer', path: '/people/roles', ready: settled.table },
  {
    name: 'role-new',
    role: 'security-officer',
    path: '/people/roles',
    ready: async (page) => {
      await settled.table(page);
      await page.locator('.page-head .btn.p').click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'cameras-loading', role: 'system-administrator', path: '/cameras', before: slow('/cameras'), ready: (page) => page.locator('.skeletons').waitFor() },
  {
    name: 'cameras-unreachable',
    role: 'system-administrator',
    path: '/cameras',
    before: unanswered('/cameras'),
    ready: (page) => page.locator('.failure').waitFor({ timeout: 20_000 }),
    expects: /ERR_CONNECTION_REFUSED/,
  },
  { name: 'camera-silent', role: 'system-administrator', path: async () => `/cameras/${(await addSilent()).id}`, ready: (page) => page.locator('[data-phase="backing-off"]').first().waitFor() },
  { name: 'cameras-silent', role: 'system-administrator', path: '/cameras', before: addSilent, ready: settled.table },
  { name: 'system-alarm', role: 'system-administrator', path: '/system', before: addSilent, ready: (page) => page.locator('.alarms-panel li').first().waitFor() },
  {
    name: 'watch-silent',
    role: 'operator',
    path: '/watch',
    before: addSilent,
    ready: async (page) => {
      await settled.watch(page);
      await page.locator('canvas[data-state="camera"]').waitFor({ state: 'attached' });
    },
    after: removeSilent,
  },
];

/** Dark and light on both sizes; German where it is widest and where it is narrowest. */
const looks = {
  en: [
    { size: 'desk', theme: 'dark' },
    { size: 'desk', theme: 'light' },
    { size: 'phone', theme: 'light' },
    { size: 'phone', theme: 'dark' },
  ],
  de: [
    { size: 'desk', theme: 'dark' },
    { size: 'phone', theme: 'dark' },
  ],
};


/** As another window of the same person would: the console follows what is remembered. */
async function wear(page, { size, theme }) {
  await page.setViewportSize(sizes[size]);
  await page.evaluate((value) => {
    const key = 'mantine-color-scheme-value';
    localStorage.setItem(key, value);
    window.dispatchEvent(new StorageEvent('storage', { storageArea: localStorage, key, newValue: value }));
  }, theme);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
}

const only = process.env.CUSTODES_PAGES?.split(',');
for (const { name, role, path, before: arrange, ready, after: tidy, expects } of pages.filter((each) => !only || only.includes(each.name))) {
  for (const language of ['en', 'de']) {
    test(`shows ${name} in ${language}`, async (t) => {
      const page = await openWindow(browser, { role, language });
      try {
        await arrange?.(page);
        await page.goto(address + (typeof path === 'function' ? await path() : path));
        await ready(page);
        for (const look of looks[language]) {
          const where = `${name} ${look.size} ${look.theme} ${language}`;
          await t.test(where, async () => {
            await wear(page, look);
            await page.screenshot({ path: `${pictures}/${where.replaceAll(' ', '-')}.png` });
            page.faults = page.faults.filter((fault) => !expects?.test(fault));
            await checkPage(page, where);
          });
        }
      } finally {
        await page.context().close();
        await tidy?.();
      }
    });
  }
}
