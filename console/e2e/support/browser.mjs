// The browser that walks the console. Where it goes comes from outside:
//   CUSTODES_URL           https://localhost:8443
//   CUSTODES_LINKS         {"operator": "https://…/sign-in#…", …} one-time sign-in links, one per role
//   CUSTODES_BROWSER_HOME  home folder of the browser; its .pki/nssdb trusts the server's authority
//   CUSTODES_CHROMIUM      default /usr/bin/chromium
import { chromium } from 'playwright-core';

export const address = (process.env.CUSTODES_URL ?? 'http://localhost:8090').replace(/\/$/, '');
const links = JSON.parse(process.env.CUSTODES_LINKS ?? 'null') ?? Object.fromEntries(
  ['operator', 'supervisor', 'second-officer', 'system-administrator', 'security-officer', 'data-protection-officer'].map((role) => [role, `${address}/sign-in#${role}`]),
);

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** STACK section H; no switch here weakens what the browser checks of the server. */
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-sandbox'];

export async function startBrowser() {
  const home = process.env.CUSTODES_BROWSER_HOME;
  return chromium.launch({
    executablePath: process.env.CUSTODES_CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
    chromiumSandbox: false,
    ...(home && { env: { ...process.env, HOME: home } }),
  });
}

const signedIn = new Map();
/** Windows of one role are windows of one person: what one of them proves, all of them have. */
const windows = new Map();

/** A link works once: the session that it opened is handed to every further window of that role. */
async function sessionOf(browser, role) {
  if (!signedIn.has(role)) {
    signedIn.set(
      role,
      (async () => {
        const context = await browser.newContext({ viewport: sizes.desk });
        const page = await context.newPage();
        const link = links[role];
        if (!link) throw new Error(`CUSTODES_LINKS has no link for ${role}.`);
        await page.goto(link);
        await page.locator('.rail').waitFor({ timeout: 20_000 });
        if (page.url().includes('#')) throw new Error('The one-time token still stands in the address bar.');
        const state = await context.storageState();
        await context.close();
        return state;
      })(),
    );
  }
  return signedIn.get(role);
}

/** A proof gave this window a new cookie: every window of that role gets it, too. */
export async function keepSession(page, role) {
  const state = await page.context().storageState();
  signedIn.set(role, Promise.resolve(state));
  const others = [...(windows.get(role) ?? [])].filter((other) => other !== page);
  await Promise.all(others.map((other) => other.context().addCookies(state.cookies)));
}

/** What two minutes without a proof are too long for: rights and the log. */
const proving = new Set(['security-officer', 'second-officer', 'data-protection-officer']);

/** Whenever the server wants a fresh proof of whoever came by a link, a click gives it. */
async function confirmWithAClick(page, role) {
  const asked = page.getByRole('dialog').filter({ hasText: /two minutes|zwei Minuten/ }).filter({ hasText: /In this demonstration|In dieser Vorführung/ });
  await page.addLocatorHandler(asked, async (dialog) => {
    await dialog.getByRole('button', { name: /^(Confirm|Bestätigen)$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await proved(page, role);
  });
}

async function proved(page, role) {
  page.faults = page.faults.filter((fault) => !fault.includes('status of 403'));
  await keepSession(page, role);
}

/**
 * A window of that role; nobody is signed in when there is no role. Remembers what must not happen in `page.faults`.
 * It confirms by itself who its person is where the server asks for that, unless the test does.
 */
export async function openWindow(browser, { role, size = 'desk', theme = 'dark', language = 'en', confirms = true }) {
  const context = await browser.newContext({
    viewport: sizes[size],
    ...(role && { storageState: await sessionOf(browser, role) }),
    reducedMotion: 'reduce',
    permissions: ['clipboard-write'],
  });
  await context.addInitScript(
    ([chosenTheme, chosenLanguage]) => {
      localStorage.setItem('mantine-color-scheme-value', chosenTheme);
      localStorage.setItem('custodes.language', chosenLanguage);
    },
    [theme, language],
  );
  const page = await context.newPage();
  page.role = role;
  page.faults = [];
  if (role) {
    const open = windows.get(role) ?? new Set();
    windows.set(role, open.add(page));
    context.on('close', () => open.delete(page));
    if (confirms && proving.has(role)) await confirmWithAClick(page, role);
  }
  page.on('pageerror', (error) => page.faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself logs every refused request; asking who is signed in is refused while nobody is.
    const isExpected = !role && /status of 401/.test(message.text()) && message.location().url.endsWith('/api/v1/me');
    // An address that the console does not know is answered 404, with the page that says so.
    const isUnknownPage = /status of 404/.test(message.text()) && message.location().url === page.url();
    if (message.type() === 'error' && !isExpected && !isUnknownPage) page.faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url().replace(/^ws/, 'http'));
    if (!request.url().startsWith('blob:') && !request.url().startsWith('data:') && origin !== new URL(address).origin) page.faults.push(`outside request: ${request.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(address).host) page.faults.push(`outside connection: ${socket.url()}`);
  });
  return page;
}

/** The second security officer says yes to whatever widens somebody's rights. */
export async function agree(browser) {
  const second = await openWindow(browser, { role: 'second-officer' });
  await second.goto(`${address}/people`);
  const { items } = await ask(second, 'GET', '/approvals');
  for (const one of items.filter((each) => each.mayAnswer)) await ask(second, 'POST', `/approvals/${one.id}/yes`, { proof: { way: 'nothing' } });
  await second.context().close();
}

/** Asks the server one thing as whoever is signed in on this page, who confirms with a click who they are if it asks for that. */
export async function ask(page, method, path, body) {
  const asked = () =>
    page.evaluate(
      async ([how, where, what]) => {
        const answer = await fetch(`/api/v1${where}`, { method: how, ...(what && { body: JSON.stringify(what), headers: { 'content-type': 'application/json' } }) });
        return answer.status === 204 ? {} : answer.json();
      },
      [method, path, body],
    );
  const answer = await asked();
  if (answer.key !== 'problem.proof-too-old' || !page.role) return answer;
  await ask(page, 'POST', '/me/proof', { way: 'nothing' });
  await proved(page, page.role);
  return asked();
}
