// @ts-check
/**
 * The stars in a hall: page after page, and fetched again at each turn, so that a new star is there by itself.
 */

/** How long a page stands: long enough to read eight rows twice. */
const PAGE_MS = 12_000;
const ROWS = 8;
let at = 0;

function draw() {
  const rows = [...document.querySelectorAll('#star-rows > li')];
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  at %= pages;
  rows.forEach((row, place) => row.toggleAttribute('hidden', Math.floor(place / ROWS) !== at));
  const page = document.getElementById('page');
  if (page) page.textContent = pages > 1 ? `${at + 1} / ${pages}` : '';
}

async function fetchAgain() {
  const response = await fetch(location.href, { cache: 'no-store' });
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const [old, fresh] = [document.getElementById('main'), page.getElementById('main')];
  if (old && fresh) old.replaceWith(fresh);
}

async function turn() {
  at += 1;
  try {
    await fetchAgain();
  } catch {
    // The last stars stand until the server is back.
  }
  draw();
}

draw();
setInterval(() => void turn(), PAGE_MS);

export {};
