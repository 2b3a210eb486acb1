// Reads the pictures themselves: that live moves, that a seek lands, that a step back goes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, openWindow, startBrowser } from './support/browser.mjs';
import { readCanvas, readUntil } from './support/barcode.mjs';

const SECOND = 1_000_000;
const FRAME = 40_000;
/** A picture's wall time is when it came; a busy machine lets some come this many frames late. */
const MOST_LATE = 12;
/** The demo's loops: 25 frames a second. */
const LOOP_FRAMES = Number(process.env.CUSTODES_LOOP_FRAMES ?? 1_000);

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const hasPicture = (seen) => seen.frame !== undefined;
const instant = (micros) => `${new Date(Math.floor(micros / SECOND) * 1000).toISOString().slice(0, 19)}.${String(micros % SECOND).padStart(6, '0')}Z`;
const framesBetween = (one, other) => (((other - one) % LOOP_FRAMES) + LOOP_FRAMES) % LOOP_FRAMES;

async function withPage(path, look, run) {
  const page = await openWindow(browser, { role: 'operator', ...look });
  try {
    await page.goto(address + path);
    await run(page);
    assert.deepEqual(page.faults, []);
  } finally {
    await page.context().close();
  }
}

/** A playback page of one camera that stands on a time well inside what is recorded. */
async function withPlayback(secondsAgo, run) {
  await withPage('/watch', {}, async (page) => {
    const live = page.locator('canvas[data-state="live"]').first();
    await live.waitFor({ timeout: 20_000 });
    const camera = await live.getAttribute('data-camera');
    const { wallTime } = await readUntil(live, hasPicture, 'a live picture');
    const at = Math.floor((wallTime - secondsAgo * SECOND) / SECOND) * SECOND + 500_000;
    await page.goto(`${address}/playback?cameras=${camera}&at=${instant(at)}&zoom=120`);
    const canvas = page.locator('canvas[data-state="picture"]');
    await canvas.waitFor({ timeout: 20_000 });
    await run(page, canvas, at);
  });
}

test('live tiles show a barcode that advances in step with their wall time', async () => {
  await withPage('/watch', {}, async (page) => {
    const tiles = page.locator('canvas[data-state="live"]');
    await tiles.first().waitFor({ timeout: 20_000 });
    for (let index = 0; index < Math.min(4, await tiles.count()); index += 1) {
      const first = await readUntil(tiles.nth(index), hasPicture, `a barcode on tile ${index + 1}`);
      const later = await readUntil(tiles.nth(index), (seen) => hasPicture(seen) && seen.wallTime > first.wallTime + SECOND, `tile ${index + 1} to move on by a second`);
      assert.equal(later.scene, first.scene);
      const byClock = Math.round((later.wallTime - first.wallTime) / FRAME);
      assert.ok(Math.abs(framesBetween(first.frame, later.frame) - byClock) <= MOST_LATE, `tile ${index + 1}: ${framesBetween(first.frame, later.frame)} frames, ${byClock} by the clock`);
    }
  });
});

/** The picture shown is the last that had come by the asked time: the very next one came after it. */
async function standsOn(page, canvas, asked) {
  const seen = await readUntil(canvas, (each) => hasPicture(each) && each.wallTime > asked - SECOND, `the picture of ${asked}`);
  await page.keyboard.press('ArrowRight');
  const next = await readUntil(canvas, (each) => hasPicture(each) && each.wallTime > seen.wallTime, `the picture after ${asked}`);
  assert.equal(framesBetween(seen.frame, next.frame), 1);
  assert.ok(seen.wallTime <= asked && asked < next.wallTime, `asked ${asked}, shown ${seen.wallTime}, the next is ${next.wallTime}`);
  return next;
}

test('a seek shows the picture of the asked time, to the frame', async () => {
  await withPlayback(20, async (page, canvas, at) => {
    const next = await standsOn(page, canvas, at);
    await page.keyboard.press('Shift+ArrowRight');
    await standsOn(page, canvas, next.wallTime + 10 * SECOND);
  });
});

test('steps go one picture on and one picture back', async () => {
  await withPlayback(20, async (page, canvas) => {
    const start = await readUntil(canvas, hasPicture, 'a picture');
    let last = start;
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('ArrowLeft');
      const next = await readUntil(canvas, (seen) => hasPicture(seen) && seen.wallTime < last.wallTime, `step ${step + 1} back`);
      assert.equal(framesBetween(next.frame, last.frame), 1);
      last = next;
    }
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('ArrowRight');
      const next = await readUntil(canvas, (seen) => hasPicture(seen) && seen.wallTime > last.wallTime, `step ${step + 1} on`);
      assert.equal(framesBetween(last.frame, next.frame), 1);
      last = next;
    }
    assert.equal(last.frame, start.frame);
  });
});

test('stepping back crosses from one GOP into the one before', async () => {
  await withPlayback(20, async (page, canvas) => {
    let last = await readUntil(canvas, hasPicture, 'a picture');
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('ArrowLeft');
      const next = await readUntil(canvas, (seen) => hasPicture(seen) && seen.wallTime < last.wallTime, `step ${step + 1} back`);
      assert.equal(framesBetween(next.frame, last.frame), 1, `step ${step + 1}`);
      last = next;
    }
  });
});

for (const [keys, rate] of [
  [['l'], 1],
  [['l', 'l', 'l'], 4],
  [['j'], -1],
  [['j', 'j', 'j'], -4],
]) {
  test(`plays at ${rate} times life’s pace`, async () => {
    await withPlayback(40, async (page, canvas) => {
      const first = await readUntil(canvas, hasPicture, 'a picture');
      const began = Date.now();
      for (const key of keys) await page.keyboard.press(key);
      const distance = 6 * SECOND * Math.sign(rate);
      const later = await readUntil(canvas, (seen) => hasPicture(seen) && (seen.wallTime - first.wallTime - distance) * Math.sign(rate) >= 0, `six seconds at ${rate}`, 20_000);
      const took = (Date.now() - began) / 1000;
      await page.keyboard.press('k');
      // Never faster than the clock says; how much slower depends on the machine.
      assert.ok(took > 6 / Math.abs(rate) - 2.2, `six seconds took ${took} s`);
      assert.equal(later.scene, first.scene);
    });
  });
}

test('a scrub shows key frames at once and rests on the exact picture', async () => {
  await withPlayback(30, async (page, canvas) => {
    const first = await readUntil(canvas, hasPicture, 'a picture');
    const box = await page.locator('#timeline').boundingBox();
    const labels = 152;
    const x = (share) => box.x + labels + (box.width - labels) * share;
    await page.mouse.move(x(0.5), box.y + 100);
    await page.mouse.down();
    for (let share = 0.5; share > 0.3; share -= 0.01) {
      await page.mouse.move(x(share), box.y + 100);
      await page.waitForTimeout(30);
    }
    await readUntil(canvas, (seen) => seen.shownFrames > first.shownFrames, 'a key frame while dragging');
    await page.mouse.up();
    const wanted = first.wallTime - 0.2 * 120 * SECOND;
    const rested = await readUntil(canvas, (seen) => hasPicture(seen) && Math.abs(seen.wallTime - wanted) < 2 * SECOND, 'the place of the pointer');
    assert.ok(rested.wallTime < first.wallTime);
  });
});

test('several cameras stand on the same clock', async () => {
  await withPage('/playback', {}, async (page) => {
    const tiles = page.locator('canvas[data-state="picture"]');
    await tiles.nth(1).waitFor({ timeout: 20_000 });
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForTimeout(1_500);
    const seen = [];
    for (let index = 0; index < (await tiles.count()); index += 1) seen.push((await readCanvas(tiles.nth(index))).wallTime);
    assert.ok(Math.max(...seen) - Math.min(...seen) <= MOST_LATE * FRAME, `wall times ${seen.join(', ')}`);
  });
});
