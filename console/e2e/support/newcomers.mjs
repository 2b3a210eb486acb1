// People who were invited a moment ago, each in a browser of their own.
import { createHmac } from 'node:crypto';
import { address, agree, ask, openWindow } from './browser.mjs';

/** What an authenticator shows now (RFC 6238 over RFC 4648 base32). */
function totp(secret) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** @returns their window, signed in, and their id */
export async function newcomer(browser, officer, name, role, cameras, language = 'en') {
  const invited = await ask(officer, 'POST', '/people', { name, role, cameras, reason: 'a test' });
  await agree(browser);
  const page = await openWindow(browser, { language });
  await page.goto(`${address}/enrol`);
  const token = new URL(invited.link).hash.slice(1);
  const { totpSecret } = await ask(page, 'POST', '/enrolments/look', { token });
  await ask(page, 'POST', '/enrolments/accept', { token, password: 'seven purple kettles sing', code: totp(totpSecret) });
  return { page, id: invited.person.id };
}
