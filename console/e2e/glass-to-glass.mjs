// Measures how old a live picture is when somebody sees it: from the moment at which a camera begins to send it
// (its own log) to the animation frame in which the browser has it on its canvas, told apart by the barcode in the picture.
// Four cameras on the wall, then one alone. Both clocks are this machine's.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, openWindow, startBrowser } from './support/browser.mjs';
import { readInPage } from './support/barcode.mjs';
import { startDemo } from './support/demo.mjs';

const WARM_UP = 10_000;
const MEASURED = Number(process.env.CUSTODES_GLASS_SECONDS ?? 60) * 1000;
/** The demo's loops are so many frames long. */
const LOOP_FRAMES = 1_000;

/** Looks at every canvas in every animation frame; within the page. */
function watchCanvases(read) {
  const seen = [];
  const last = new Map();
  const look = () => {
    for (const canvas of document.querySelectorAll('canvas[data-shown-frames]')) {
      const shown = canvas.dataset.shownFrames;
      if (last.get(canvas) === shown) continue;
      last.set(canvas, shown);
      const { scene, frame } = read(canvas);
      if (frame !== undefined) seen.push([scene, frame, canvas.width, performance.timeOrigin + performance.now()]);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return seen;
}

async function measure(page, selector) {
  await page.locator(selector).first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(WARM_UP);
  await page.evaluate(`globalThis.seenPictures = (${watchCanvases})(${readInPage})`);
  await page.waitForTimeout(MEASURED);
  return page.evaluate('globalThis.seenPictures');
}

/** When each frame of a camera's stream was sent, in milliseconds since 1970, by its number. */
function sent(folder, name) {
  const lines = readFileSync(join(folder, `${name}.log`), 'utf8').trimEnd().split('\n');
  return lines.map((line) => Number(line.split(',')[1]) / 1000);
}

/** Milliseconds from the sending of each picture to its showing. */
function ages(seen, folder) {
  const logs = new Map();
  return seen.map(([scene, frame, width, at]) => {
    const name = width > 640 ? `camera-${scene}` : `camera-${scene}-small`;
    if (!logs.has(name)) logs.set(name, sent(folder, name));
    const log = logs.get(name);
    let number = frame + Math.floor((log.length - 1 - frame) / LOOP_FRAMES) * LOOP_FRAMES;
    while (number >= 0 && log[number] > at) number -= LOOP_FRAMES;
    if (number < 0) throw new Error(`${name} had not sent frame ${frame} of its loop when it was seen.`);
    return at - log[number];
  });
}

function tell(metric, values) {
  if (values.length < MEASURED / 1000) throw new Error(`${metric}: only ${values.length} pictures were seen.`);
  values.sort((one, other) => one - other);
  const at = (part) => Number(values[Math.floor(part * (values.length - 1))].toFixed(1));
  console.log(JSON.stringify({ job: 'live', metric, unit: 'ms', p50: at(0.5), p99: at(0.99), pictures: values.length, goal: null }));
}

if (process.argv[2] === 'once') {
  const folder = process.env.CUSTODES_FRAME_LOGS;
  const browser = await startBrowser();
  const page = await openWindow(browser, { role: 'operator' });
  await page.goto(`${address}/watch`);
  tell('live.glass_to_glass_four_tiles', ages(await measure(page, 'canvas[data-state="live"]'), folder));
  const camera = await page.locator('canvas[data-state="live"]').first().getAttribute('data-camera');
  await page.goto(`${address}/watch?full=${camera}`);
  tell('live.glass_to_glass_one_camera', ages(await measure(page, 'canvas[data-state="live"]'), folder));
  await browser.close();
} else {
  const demo = await startDemo();
  const measured = spawnSync(process.execPath, [process.argv[1], 'once'], {
    env: { ...process.env, ...demo.environment, CUSTODES_FRAME_LOGS: demo.frameLogs },
    encoding: 'utf8',
  });
  await demo.stop();
  process.stdout.write(measured.stdout);
  if (measured.status !== 0) throw new Error(measured.stderr);
}
