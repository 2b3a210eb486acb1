// Adds up what ran: surefire's XML, vitest's JSON, the browser tests' JSON, and the steps that failed as a whole.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const [results, brokenSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const missing = [];

const rooms = readdirSync('.', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(entry.name, 'src/test/java')));
for (const room of rooms) {
  const folder = join(room.name, 'target/surefire-reports');
  const reports = existsSync(folder) ? readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name)) : [];
  const tested = readdirSync(join(room.name, 'src/test/java'), { recursive: true })
    .some((name) => /(Test|Properties)\.java$/.test(String(name)));
  if (tested && reports.length === 0) missing.push(room.name);
  for (const report of reports) {
    const head = readFileSync(join(folder, report), 'utf8').match(/<testsuite [^>]*>/)[0];
    const count = (name) => Number(head.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0);
    const bad = count('errors') + count('failures') + count('skipped');
    failed += bad;
    passed += count('tests') - bad;
  }
}

for (const name of ['console', 'browser']) {
  const file = join(results, `${name}.json`);
  if (!existsSync(file)) { missing.push(name); continue; }
  const told = JSON.parse(readFileSync(file, 'utf8'));
  passed += told.numPassedTests;
  failed += told.numTotalTests - told.numPassedTests;
  if (told.numTotalTests === 0) missing.push(name);
}

if (missing.length > 0) console.log(`No test ran for: ${missing.join(', ')}`);
failed += missing.length;
// A step can fail without a failing test (a format violation, a compile error): it must not look green.
if (failed === 0) failed += Number(brokenSteps);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
