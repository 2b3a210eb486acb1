// What must hold on every page, whatever stands on it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function checkPage(page, where) {
  const seen = await page.evaluate(inPage);
  assert.deepEqual(seen.sideways, [], `${where}: something scrolls or sticks out sideways`);
  assert.deepEqual(seen.small, [], `${where}: text under 12 px`);
  assert.deepEqual(seen.keys, [], `${where}: untranslated keys`);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }),
  );
  const serious = violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .map((each) => `${each.id}: ${each.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.any.map((any) => any.message).join('; ')}`).join(' | ')}`);
  assert.deepEqual(serious, [], `${where}: axe-core`);
  assert.deepEqual(page.faults, [], `${where}: faults`);
}

/** Runs in the page. */
function inPage() {
  const name = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
  const isShown = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true }) && !element.closest('.vh, noscript, script, style');
  const sideways = [];
  for (const element of [document.documentElement, document.body, ...document.querySelectorAll('.main, .page, .watch, .pb, .door, .center-page')]) {
    if (element.scrollWidth > element.clientWidth + 1) sideways.push(`${name(element)} ${element.scrollWidth} > ${element.clientWidth}`);
  }
  const small = [];
  const keys = [];
  const isKey = (text) => /^[a-z][a-zA-Z]*(\.[a-zA-Z0-9-]+)+$/.test(text) || /\{\w+\}/.test(text);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim();
    const element = walker.currentNode.parentElement;
    if (text === '' || !element || !isShown(element)) continue;
    if (Number.parseFloat(getComputedStyle(element).fontSize) < 12) small.push(name(element));
    if (isKey(text) && !element.closest('.mono')) keys.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]')) {
    for (const attribute of ['aria-label', 'title', 'placeholder']) {
      const text = element.getAttribute(attribute);
      if (text && isKey(text)) keys.push(`${attribute} ${text}`);
    }
  }
  return { sideways, small: [...new Set(small)], keys: [...new Set(keys)] };
}
