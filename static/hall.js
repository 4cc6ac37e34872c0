// @ts-check
/**
 * The hall's screen of a contest with ladders (擂台): goes from ladder to ladder, shows what happens within a moment,
 * and tells of a new star over the whole screen.
 * @import { Board } from './live.js'
 */

import { Follower } from './live.js';
import { Words, arrange, mark, showConnection, showNotice } from './rows.js';

const root = /** @type {HTMLElement} */ (document.getElementById('screen'));
const words = new Words(root);
/** How long a ladder stands, where there are several. */
const LADDER_MS = 20_000;
/** How long a new star is celebrated. */
const FLASH_MS = 9_000;

/** The looks that were seen, by ladder. @type {Map<string, string>} */
const looks = new Map();
let current = root.dataset.ladder ?? '';
/** The newest news that was seen, by ladder. @type {Map<string, number>} */
const newest = new Map([[current, heard(document)]]);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let ending;
let order = Promise.resolve();

/** @param {ParentNode} page */
function heard(page) {
  return Number(page.querySelector('#news li')?.getAttribute('data-at') ?? 0);
}

/** @param {string} text */
function flash(text) {
  const place = document.getElementById('flash');
  const line = document.getElementById('flash-text');
  if (!place || !line) return;
  line.textContent = text;
  place.hidden = false;
  clearTimeout(ending);
  ending = setTimeout(() => { place.hidden = true; }, FLASH_MS);
}

/** @param {string} ladder */
async function show(ladder) {
  const response = await fetch(`${location.pathname}?ladder=${encodeURIComponent(ladder)}`, { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const same = ladder === current;
  current = ladder;
  const before = new Map([...document.querySelectorAll('#standings li')].map((line) => [line.getAttribute('data-key'), line]));
  const fresh = page.getElementById('main');
  const old = document.getElementById('main');
  if (!fresh || !old) return;
  const list = fresh.querySelector('#standings');
  const kept = old.querySelector('#standings');
  if (same && list instanceof HTMLElement && kept instanceof HTMLElement) {
    const moved = /** @type {[HTMLElement, number, number][]} */ ([]);
    const next = [...list.children].map((line) => {
      const known = before.get(line.getAttribute('data-key'));
      if (!(known instanceof HTMLElement) || !(line instanceof HTMLElement)) return /** @type {HTMLElement} */ (line);
      if (known.dataset.place !== line.dataset.place) moved.push([known, Number(known.dataset.place), Number(line.dataset.place)]);
      known.dataset.place = line.dataset.place ?? '';
      known.replaceChildren(...line.childNodes);
      return known;
    });
    list.replaceWith(kept);
    old.replaceChildren(...fresh.childNodes);
    arrange(kept, next);
    for (const [line, was, now] of moved) mark(line, was, now);
  } else {
    old.replaceChildren(...fresh.childNodes);
  }
  const news = page.getElementById('news');
  if (news) document.getElementById('news')?.replaceWith(news);
  const since = newest.get(ladder);
  const stars = [...document.querySelectorAll('#news li[data-star]')].filter((line) => Number(line.getAttribute('data-at')) > (since ?? Infinity));
  newest.set(ladder, heard(document));
  const text = stars[0]?.querySelector('span')?.textContent;
  if (text) flash(text);
}

/** One after the other: a slow answer never overwrites a newer one. @param {string} ladder */
function next(ladder) {
  order = order.then(() => show(ladder)).catch(() => undefined);
}

/** @param {Board} board */
function frame(board) {
  showNotice(words, board.notice);
  const ladders = board.ladders ?? [];
  if (ladders.map(({ key }) => key).join(' ') !== root.dataset.ladders) return location.reload();
  const first = looks.size === 0;
  const changed = ladders.filter(({ key, look }) => looks.get(key) !== look).map(({ key }) => key);
  for (const { key, look } of ladders) looks.set(key, look);
  // Where something happens is what the hall looks at.
  if (first) next(current);
  else if (changed[0]) next(changed.includes(current) ? current : changed[0]);
}

setInterval(() => {
  const all = [...looks.keys()];
  const at = all.indexOf(current);
  if (all.length > 1) next(all[(at + 1) % all.length] ?? current);
}, LADDER_MS);
void new Follower(root.dataset.contest ?? '', frame, (connection) => showConnection(words, connection)).run();
