// Measures what a new user waits for: from the start of `./custodes demo` on an empty data folder to
// four tiles in a browser whose barcodes have advanced. Prints three values and their median.
import { openWindow, startBrowser } from './support/browser.mjs';
import { startDemo } from './support/demo.mjs';

if (process.argv[2] === 'once') {
  const { startedAt } = JSON.parse(process.env.CUSTODES_MEASURE);
  const browser = await startBrowser();
  const page = await openWindow(browser, { role: 'operator' });
  await page.goto(`${process.env.CUSTODES_URL}watch`);
  await page.waitForFunction(
    () => {
      const tiles = [...document.querySelectorAll('canvas[data-shown-frames]')];
      return tiles.length >= 4 && tiles.slice(0, 4).every((tile) => Number(tile.dataset.shownFrames) >= 10);
    },
    undefined,
    { timeout: 60_000 },
  );
  console.log(((performance.timeOrigin + performance.now() - startedAt) / 1000).toFixed(2));
  await browser.close();
} else {
  const { spawnSync } = await import('node:child_process');
  const seconds = [];
  for (let run = 0; run < 3; run++) {
    const demo = await startDemo();
    const measured = spawnSync(process.execPath, [process.argv[1], 'once'], {
      env: { ...process.env, ...demo.environment, CUSTODES_MEASURE: JSON.stringify({ startedAt: performance.timeOrigin + demo.startedAt }) },
      encoding: 'utf8',
    });
    await demo.stop();
    if (measured.status !== 0) throw new Error(measured.stderr);
    seconds.push(Number(measured.stdout.trim().split('\n').at(-1)));
  }
  seconds.sort((one, other) => one - other);
  console.log(JSON.stringify({ job: 'start', metric: 'start.four_tiles_s', unit: 's', runs: seconds, median: seconds[1], goal: '<= 10' }));
}
