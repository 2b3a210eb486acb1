// Starts the demonstration on an empty data folder, lets a browser trust its authority (and nothing
// else), and runs every browser test against it.
//   node console/e2e/run.mjs [--results FILE]
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startDemo } from './support/demo.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const at = process.argv.indexOf('--results');
const results = at > 0 ? process.argv[at + 1] : undefined;

const demo = await startDemo();
let told = '';
let code = 1;
try {
  code = await new Promise((resolve) => {
    const tests = spawn(process.execPath, ['--test', '--test-reporter=tap', `${here}all.test.mjs`], {
      env: { ...process.env, ...demo.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    tests.stdout.on('data', (part) => {
      told += part;
      process.stdout.write(part);
    });
    tests.on('close', resolve);
  });
} finally {
  await demo.stop();
}

const count = (word) => Number(told.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
const passed = count('pass');
const total = count('tests');
console.log(`browser: ${passed} of ${total} passed`);
if (results) writeFileSync(results, JSON.stringify({ numPassedTests: passed, numTotalTests: total }));
process.exit(code === 0 && total > 0 && passed === total ? 0 : 1);
