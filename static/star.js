// @ts-check
/**
 * Keeps a star board fresh: when the socket of its contest says that the ladder looks different, the page is fetched
 * again and its parts are replaced. Each viewer may do other things there, so that the parts come from the server.
 * @import { Board } from './live.js'
 */

import { Follower } from './live.js';
import { inUse } from './refresh.js';
import { Words, arrange, mark, showConnection } from './rows.js';

const root = /** @type {HTMLElement} */ (document.getElementById('star'));
const words = new Words(root);
/** Two thousand phones do not ask in one moment. */
const SPREAD_MS = 400;
/** What is in use is looked at again after this. */
const AGAIN_MS = 1000;

/** @type {string | undefined} */
let look;
let isDirty = false;
let isAsking = false;

/** @param {ParentNode} page */
function places(page) {
  const list = page.querySelector('#places');
  return new Map([...(list?.querySelectorAll('li[data-place]') ?? [])].map((line) => [line.getAttribute('data-key'), Number(line.getAttribute('data-place'))]));
}

async function refresh() {
  const response = await fetch(location.pathname, { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const before = places(document);
  isDirty = false;
  for (const old of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(old.id);
    if (!fresh || fresh.innerHTML === old.innerHTML) continue;
    if (inUse(old)) {
      isDirty = true;
      continue;
    }
    const lines = new Map([...old.querySelectorAll('#places > li')].map((line) => [line.getAttribute('data-key'), line]));
    const list = fresh.querySelector('#places');
    const kept = old.querySelector('#places');
    if (list instanceof HTMLElement && kept instanceof HTMLElement) {
      const next = [...list.children].map((line) => {
        const known = lines.get(line.getAttribute('data-key'));
        if (!(known instanceof HTMLElement) || !(line instanceof HTMLElement)) return /** @type {HTMLElement} */ (line);
        known.replaceChildren(...line.childNodes);
        known.className = line.className;
        known.dataset.place = line.dataset.place ?? '';
        return known;
      });
      // The list itself stays, so that its lines can glide.
      list.replaceWith(kept);
      old.replaceChildren(...fresh.childNodes);
      arrange(kept, next);
    } else {
      old.replaceChildren(...fresh.childNodes);
    }
  }
  for (const line of document.querySelectorAll('#places > li[data-place]')) {
    const was = before.get(line.getAttribute('data-key'));
    const now = Number(line.getAttribute('data-place'));
    if (line instanceof HTMLElement && was !== undefined && was !== now) mark(line, was, now);
  }
  const said = page.querySelector('#news li')?.firstChild?.textContent;
  const announcer = document.getElementById('announcer');
  if (announcer && said && announcer.textContent !== said) announcer.textContent = said;
}

async function keep() {
  if (isAsking) return;
  isAsking = true;
  while (isDirty) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD_MS));
    try {
      await refresh();
    } catch {
      // The socket tells that the line is broken; what was missed is asked again.
    }
    if (isDirty) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  isAsking = false;
}

/** @param {Board} board */
function show(board) {
  const now = board.ladders?.find(({ key }) => key === root.dataset.ladder)?.look;
  const first = look === undefined;
  if (now === look) return;
  look = now;
  // The page came a moment before the socket: what happened between is asked for once.
  isDirty = true;
  if (!first || document.visibilityState === 'visible') void keep();
}

void new Follower(root.dataset.contest ?? '', show, (connection) => showConnection(words, connection)).run();
