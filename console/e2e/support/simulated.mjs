// Simulated cameras in a process of their own, as `./custodes simulate` starts them.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../custodes', import.meta.url));

/** @returns ports, the fingerprint of their certificate (AB:CD:…), and how to end them */
export async function startSimulated(port = 0, tlsPort = 0) {
  const words = ['simulate', '--images', '--camera-port', String(port), '--tls-port', String(tlsPort)];
  const cameras = spawn(launcher, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = await new Promise((resolve, reject) => {
    let heard = '';
    const hear = (part) => {
      heard += part;
      if (/SHA-256\) [0-9A-F:]{95}/.test(heard)) resolve(heard);
    };
    cameras.stdout.on('data', hear);
    cameras.stderr.on('data', hear);
    cameras.once('exit', (code) => reject(new Error(`The simulated cameras ended with code ${code}:\n${heard}`)));
    setTimeout(() => reject(new Error(`The simulated cameras were not ready after a minute:\n${heard}`)), 60_000).unref();
  });
  return {
    port: Number(said.match(/rtsp:\/\/127\.0\.0\.1:(\d+)/)[1]),
    tlsPort: Number(said.match(/rtsps:\/\/127\.0\.0\.1:(\d+)/)[1]),
    fingerprint: said.match(/SHA-256\) ([0-9A-F:]{95})/)[1],
    async stop() {
      if (cameras.exitCode !== null) return;
      const ended = new Promise((resolve) => cameras.once('exit', resolve));
      cameras.kill('SIGTERM');
      await ended;
    },
  };
}
