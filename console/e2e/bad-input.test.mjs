// What people type wrong when they add a camera, and what the dialog and the log say to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, ask, openWindow, startBrowser } from './support/browser.mjs';
import { startOddCameras } from './support/odd-camera.mjs';

// The stand-in server calls no cameras; only the real one can say what is wrong with them.
const real = process.env.CUSTODES_URL !== undefined;

let browser;
let odd;
before(async () => {
  browser = await startBrowser();
  odd = await startOddCameras();
});
after(async () => {
  odd?.stop();
  await browser?.close();
});

const refused = /status of 4(00|22)/;
const said = {
  en: {
    unreachable: /No connection/,
    'not RTSP': /not in RTSP/,
    'no video': /without video/,
    'another codec': /VP9/,
    'wrong password': /refuses the user or the password/,
    'no such path': /no such stream/,
  },
  de: {
    unreachable: /antwortet nicht/,
    'not RTSP': /nicht in RTSP/,
    'no video': /kein Video/,
    'another codec': /Format/,
    'wrong password': /Benutzer oder Passwort/,
    'no such path': /kennt diesen Pfad nicht/,
  },
};

async function dialog(page, { address: where, name = 'Odd one', purpose = 'To see what is said.', user, password }) {
  await page.goto(`${address}/cameras`);
  await page.locator('.page-head .btn.p').click();
  const opened = page.getByRole('dialog');
  await opened.waitFor();
  const fields = opened.locator('input:not([type="hidden"]), textarea');
  await fields.nth(0).fill(where);
  if (user) await fields.nth(1).fill(user);
  if (password) await fields.nth(2).fill(password);
  await fields.nth(3).fill(name);
  await opened.locator('textarea').fill(purpose);
  await opened.locator('button[type="submit"]').click();
  return opened;
}

/** The newest entry of the log that is nobody's sign-in nor its reader's, as "action outcome". */
async function newestEntry() {
  const page = await openWindow(browser, { role: 'data-protection-officer' });
  try {
    await page.goto(`${address}/cameras`);
    const { items } = await ask(page, 'GET', '/audit?limit=50');
    const { person: reader } = await ask(page, 'GET', '/me');
    const entry = items.find((each) => each.person !== reader.id && each.action !== 'session.opened');
    return `${entry.action} ${entry.outcome}`;
  } finally {
    await page.context().close();
  }
}

function nothingElseWentWrong(page) {
  assert.deepEqual(
    page.faults.filter((fault) => !refused.test(fault)),
    [],
  );
}

for (const language of ['en', 'de']) {
  for (const kind of Object.keys(said.en)) {
    test(`says in ${language} why a camera cannot be recorded: ${kind}`, { skip: !real }, async () => {
      const page = await openWindow(browser, { role: 'system-administrator', language });
      try {
        const opened = await dialog(page, { address: odd.addresses[kind], ...(kind === 'wrong password' && { user: 'guard', password: 'wrong' }) });
        const failure = opened.locator('.failure');
        await failure.waitFor({ timeout: 30_000 });
        assert.match(await failure.textContent(), said[language][kind]);
        assert.equal(await newestEntry(), 'camera.tested failed');
        nothingElseWentWrong(page);
      } finally {
        await page.context().close();
      }
    });
  }
}

const typed = {
  'a name of control and hidden characters': { name: 'gate\u202Egpj.exe', says: /cannot be seen|direction of writing/ },
  'a name of ten thousand characters': { name: 'x'.repeat(10_000), says: /characters are too many; at most 120/ },
  'a purpose of ten thousand characters': { purpose: 'y'.repeat(10_000), says: /characters are too many; at most 500/ },
  'an address that is none': { address: 'http://192.0.2.1/', says: /must begin with rtsp/ },
  'an address without a host': { address: 'rtsp:///x', says: /names no host/ },
  'a port that is none': { address: 'rtsp://192.0.2.1:99999/', says: /port must be/ },
};

for (const [what, { says, ...fields }] of Object.entries(typed)) {
  test(`marks the field: ${what}`, { skip: !real }, async () => {
    const page = await openWindow(browser, { role: 'system-administrator' });
    try {
      const opened = await dialog(page, { address: odd.addresses.unreachable, ...fields });
      const error = opened.locator('.mantine-InputWrapper-error').first();
      await error.waitFor({ timeout: 30_000 });
      assert.match(await error.textContent(), says);
      assert.equal(await newestEntry(), 'act.refused refused');
      nothingElseWentWrong(page);
    } finally {
      await page.context().close();
    }
  });
}

test('the same stream twice is told with the name of the camera that has it', { skip: !real }, async () => {
  const page = await openWindow(browser, { role: 'system-administrator' });
  try {
    await page.goto(`${address}/cameras`);
    const first = await page.evaluate(async () => (await (await fetch('/api/v1/cameras')).json()).items[0]);
    const { host, port } = first.device;
    const opened = await dialog(page, { address: `rtsp://${host}:${port}${first.streams[0].path}` });
    const error = opened.locator('.mantine-InputWrapper-error').first();
    await error.waitFor({ timeout: 30_000 });
    assert.ok((await error.textContent()).includes(first.name));
    nothingElseWentWrong(page);
  } finally {
    await page.context().close();
  }
});

test('a camera that does not answer yet can be added anyway, and removed again', { skip: !real }, async () => {
  const page = await openWindow(browser, { role: 'system-administrator' });
  try {
    const opened = await dialog(page, { address: odd.addresses.unreachable, name: 'Not there yet' });
    await opened.locator('.failure + p button').click();
    await opened.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Not there yet' }).click();
    await page.locator('.page-head .btn.x').click();
    await page.getByRole('dialog').locator('.dialog-foot .btn').last().click();
    await page.waitForURL(/\/cameras$/);
    assert.equal(await newestEntry(), 'camera.removed done');
    nothingElseWentWrong(page);
  } finally {
    await page.context().close();
  }
});
