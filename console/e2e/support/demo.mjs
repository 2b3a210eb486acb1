// Starts `./custodes demo` on an empty data folder, as a new user would, and stops it again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../custodes', import.meta.url));
const roles = ['operator', 'supervisor', 'second-officer', 'system-administrator', 'security-officer', 'data-protection-officer'];

/** @returns the environment for the browser tests, when the demo was started, where its frame logs lie, and how to stop it */
export async function startDemo() {
  const work = mkdtempSync(join(tmpdir(), 'custodes-e2e-'));
  const startedAt = performance.now();
  const frameLogs = join(work, 'frames');
  const words = ['demo', '--data', join(work, 'data'), '--root-key', join(work, 'root.key'), '--port', '0', '--camera-port', '0', '--frame-log', frameLogs];
  const server = spawn(launcher, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    }
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const said = await untilReady(server);
    return {
      work,
      startedAt,
      frameLogs,
      server,
      environment: {
        CUSTODES_URL: said.match(/demonstration: (https:\S+)/)[1],
        CUSTODES_LINKS: JSON.stringify(Object.fromEntries(roles.map((role) => [role, said.match(new RegExp(`${role}\\s+(https:\\S+)`))[1]]))),
        CUSTODES_BROWSER_HOME: trusting(join(work, 'data', 'tls', 'ca-localhost.pem'), join(work, 'home')),
      },
      stop,
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

function untilReady(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (part) => {
      said += part;
      if (said.includes('Stop with Ctrl+C')) resolve(said);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.once('exit', (code) => reject(new Error(`The demo ended with code ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`The demo was not ready after ten minutes:\n${said}`)), 600_000).unref();
  });
}

/** A browser's home whose certificate store trusts this authority, as a person would import it. */
function trusting(authority, home) {
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  for (const words of [['-N', '--empty-password'], ['-A', '-t', 'C,,', '-n', 'Custodes demonstration', '-i', authority]]) {
    const done = spawnSync('certutil', ['-d', `sql:${store}`, ...words], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`certutil ${words[0]} failed: ${done.stderr ?? done.error}`);
  }
  return home;
}
