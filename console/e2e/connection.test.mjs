// How cameras are reached: an encrypted MJPEG camera from its first meeting to a changed certificate, its
// pictures live and played back, and a site that takes no camera that is not encrypted.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { address, ask, openWindow, sizes, startBrowser } from './support/browser.mjs';
import { readUntil } from './support/barcode.mjs';
import { checkPage } from './support/checks.mjs';
import { startSimulated } from './support/simulated.mjs';

// The stand-in server calls no cameras.
const real = process.env.CUSTODES_URL !== undefined;
const pictures = process.env.CUSTODES_SCREENSHOTS ?? fileURLToPath(new URL('../target/screenshots/', import.meta.url));
mkdirSync(pictures, { recursive: true });

const SECOND = 1_000_000;
/** The images' scene and how many there are: docs/formats/barcode.md, `custodes simulate --images`. */
const SCENE = 5;
const IMAGES = 250;
const hasPicture = (seen) => seen.scene === SCENE;

let browser;
let cameras;
let camera;
before(async () => {
  browser = await startBrowser();
  if (real) cameras = await startSimulated();
});
after(async () => {
  await cameras?.stop();
  await browser?.close();
});

async function as(role, run, language = 'en') {
  const page = await openWindow(browser, { role, language });
  try {
    await run(page);
  } finally {
    await page.context().close();
  }
}

async function shows(page, name) {
  for (const size of ['desk', 'phone']) {
    await page.setViewportSize(sizes[size]);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${pictures}/${name}-${size}.png` });
    await checkPage(page, `${name} ${size}`);
  }
  await page.setViewportSize(sizes.desk);
}

test('an encrypted camera shows its certificate before it is asked for pictures, and is known by it once it is added', { skip: !real }, async () => {
  await as('system-administrator', async (page) => {
    await page.goto(`${address}/cameras`);
    await page.getByRole('button', { name: 'Add camera' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('RTSP address', { exact: true }).fill(`rtsps://127.0.0.1:${cameras.tlsPort}/camera-1`);
    assert.deepEqual(await dialog.getByLabel('Way of its pictures').locator('option').allTextContents(), ['TCP', 'Tunnel in HTTP']);
    await dialog.getByRole('button', { name: 'Test connection' }).click();
    const goOn = dialog.getByRole('button', { name: 'It is the camera’s: go on' });
    await goOn.waitFor({ timeout: 30_000 });
    assert.equal(await dialog.locator('.fingerprint').textContent(), cameras.fingerprint);
    assert.equal(await dialog.locator('.test-facts').count(), 0);
    await shows(page, 'add-encrypted-met');
    await goOn.click();
    await dialog.locator('.test-facts').waitFor({ timeout: 30_000 });
    assert.equal(await dialog.locator('.fingerprint').textContent(), cameras.fingerprint);
    assert.match(await dialog.locator('.test-facts').textContent(), /MJPEG/);
    await shows(page, 'add-encrypted');
    await dialog.getByLabel('Name', { exact: true }).fill('Old yard');
    await dialog.getByLabel('Purpose').fill('To see who parks in the yard.');
    await dialog.locator('button[type="submit"]').click();
    await dialog.waitFor({ state: 'detached', timeout: 30_000 });

    await page.getByRole('link', { name: 'Old yard' }).click();
    await page.locator('.camera-page .fingerprint').waitFor({ timeout: 30_000 });
    assert.equal(await page.locator('.camera-page .fingerprint').textContent(), cameras.fingerprint);
    camera = page.url().split('/').at(-1);
    await shows(page, 'camera-encrypted');
  });
});

test('its images show live and when they are played back, each with its own number', { skip: !real }, async () => {
  await as('operator', async (page) => {
    await page.goto(`${address}/watch?full=${camera}`);
    const live = page.locator(`canvas[data-camera="${camera}"][data-state="live"]`);
    await live.waitFor({ timeout: 30_000 });
    const first = await readUntil(live, hasPicture, 'a live image');
    const later = await readUntil(live, (seen) => hasPicture(seen) && seen.wallTime > first.wallTime + 5 * SECOND, 'an image five seconds on');
    const passed = (((later.frame - first.frame) % IMAGES) + IMAGES) % IMAGES;
    const byClock = Math.round((later.wallTime - first.wallTime) / 40_000) % IMAGES;
    assert.ok(Math.abs(passed - byClock) <= 3, `${passed} images, ${byClock} by the clock`);
    await page.screenshot({ path: `${pictures}/watch-images-desk.png` });

    const at = Math.floor(first.wallTime / SECOND) * SECOND + SECOND;
    const when = `${new Date(at / 1000).toISOString().slice(0, 19)}.000000Z`;
    await page.goto(`${address}/playback?cameras=${camera}&at=${when}&zoom=120`);
    const canvas = page.locator('canvas[data-state="picture"]');
    await canvas.waitFor({ timeout: 30_000 });
    const seen = await readUntil(canvas, hasPicture, 'an image of the past');
    assert.ok(seen.wallTime <= at && at - seen.wallTime < 80_000, `asked ${at}, shown ${seen.wallTime}`);
    await page.keyboard.press('ArrowRight');
    const next = await readUntil(canvas, (each) => hasPicture(each) && each.wallTime > seen.wallTime, 'the next image');
    assert.equal((next.frame - seen.frame + IMAGES) % IMAGES, 1);
    await page.keyboard.press('ArrowLeft');
    await readUntil(canvas, (each) => hasPicture(each) && each.frame === seen.frame, 'the image before');
    await page.screenshot({ path: `${pictures}/playback-images-desk.png` });
    assert.deepEqual(page.faults, []);
  });
});

test('another certificate stops its recording until somebody has compared and accepted it', { skip: !real }, async () => {
  const known = cameras.fingerprint;
  await cameras.stop();
  cameras = await startSimulated(cameras.port, cameras.tlsPort);
  await as('system-administrator', async (page) => {
    await page.goto(`${address}/cameras/${camera}`);
    await page.locator('[data-phase="certificate-changed"]').waitFor({ timeout: 60_000 });
    assert.deepEqual(await page.locator('.camera-page .fingerprint').allTextContents(), [known, cameras.fingerprint]);
    await shows(page, 'camera-certificate-changed');

    await page.getByRole('button', { name: 'Compare and accept' }).click();
    const dialog = page.getByRole('dialog');
    const accept = dialog.getByRole('button', { name: 'Accept the new certificate' });
    assert.deepEqual(await dialog.locator('.fingerprint').allTextContents(), [known, cameras.fingerprint]);
    assert.ok(await accept.isDisabled());
    await shows(page, 'accept-certificate');
    await dialog.getByRole('checkbox').check();
    await accept.click();
    await page.locator('[data-phase="streaming"]').waitFor({ timeout: 60_000 });
    assert.equal(await page.locator('.camera-page .fingerprint').textContent(), cameras.fingerprint);
    assert.deepEqual(page.faults, []);
  });
});

test('a site that takes encrypted cameras only bars the others, but for an exception with an end', { skip: !real }, async () => {
  await as('system-administrator', async (page) => {
    await page.goto(`${address}/system`);
    const rule = page.getByRole('checkbox', { name: 'Encrypted cameras only' });
    await rule.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Recording stops at once for:').waitFor();
    await shows(page, 'site-rule');
    try {
      await dialog.getByRole('button', { name: 'Take encrypted cameras only' }).click();
      await dialog.waitFor({ state: 'detached' });
      const { items } = await ask(page, 'GET', '/cameras');
      const plain = items.find((each) => each.device?.encrypted === false && each.removedAt === undefined);

      await page.goto(`${address}/cameras/${plain.id}`);
      await page.locator('[data-phase="barred"]').waitFor({ timeout: 20_000 });
      await shows(page, 'camera-barred');
      await page.getByRole('button', { name: 'Give an exception' }).click();
      await dialog.getByLabel('Reason').fill('No firmware that can encrypt yet.');
      await shows(page, 'give-exception');
      await dialog.getByRole('button', { name: 'Give the exception' }).click();
      await page.locator('[data-phase="streaming"]').waitFor({ timeout: 60_000 });
      await shows(page, 'camera-excepted');

      await page.goto(`${address}/system`);
      await page.locator('.exceptions li').waitFor();
      await shows(page, 'system-exceptions');
      await ask(page, 'DELETE', `/cameras/${plain.id}/plain-exception`);
      assert.deepEqual(page.faults, []);
    } finally {
      const { items } = await ask(page, 'GET', '/sites');
      const { id, ...site } = items[0];
      await ask(page, 'PUT', `/sites/${id}`, { ...site, encryptedOnly: false });
      if (camera) await ask(page, 'DELETE', `/cameras/${camera}`);
    }
  });
  for (const language of ['en', 'de']) {
    await as(
      'data-protection-officer',
      async (page) => {
        await page.goto(`${address}/audit`);
        await page.locator('table tbody tr').first().waitFor();
        await page.screenshot({ path: `${pictures}/audit-connection-${language}.png` });
        const told = await page.locator('table').textContent();
        const wanted = language === 'en' ? ['Accepted another certificate', 'Let a camera be called unencrypted', 'Ended an exception', 'encrypted cameras only'] : ['Anderes Zertifikat einer Kamera', 'unverschlüsselt zugelassen', 'Ausnahme von der Verschlüsselung beendet', 'nur verschlüsselte Kameras'];
        for (const words of wanted) assert.ok(told.includes(words), words);
      },
      language,
    );
  }
});
