// @ts-check
/**
 * Answering a paper (答题). Each change is an answer: it is written to this device first, then sent, and the page says
 * whether it is *here* or *saved*. Time is the server's. Without this file the same page is a plain form.
 *
 * For old engines inside other programs: no worker, no private fields, nothing newer than ES2017 but the module.
 */

import { all, data, exchange, fill, one, places, read, write } from './controls.js';
import { pictureItem, textItem } from './places.js';

/**
 * @typedef {object} Waiting an answer that the server has not confirmed
 * @property {string} id
 * @property {unknown} answer
 */

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.prototype.map.call(bytes, (/** @type {number} */ v) => ('0' + v.toString(16)).slice(-2)).join('');
}

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const root = one('[data-sitting]');
const form = /** @type {HTMLFormElement} */ (one('[data-paper]'));
const words = JSON.parse(data(root, 'words') || '{}');
const api = data(root, 'api');
const kept = 'leitai-paper-' + data(root, 'sitting');
const boxes = all('[data-item]');
const ends = Number(data(root, 'ends'));
/** The server's clock minus this device's. */
let ahead = Number(data(root, 'now')) - Date.now();

/* What this device holds and the server does not yet, by item. */

/** @type {Record<string, Waiting>} */
let memory = {};

/** @returns {Record<string, Waiting>} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(kept) || '{}');
  } catch (_) {
    return memory;
  }
}

/** @param {Record<string, Waiting>} answers */
function keep(answers) {
  memory = answers;
  try {
    if (Object.keys(answers).length) localStorage.setItem(kept, JSON.stringify(answers));
    else localStorage.removeItem(kept);
  } catch (_) {
    // Storage is full or forbidden: the answer waits in memory.
  }
}

let busy = false;
let failures = 0;
let count = 0;
/** @type {number | undefined} */
let timer;
/** @type {Array<() => void>} */
let whenEmpty = [];

/** What was last given to each item, as JSON: an answer that did not change is not sent again. @type {Record<string, string>} */
const given = {};

/** @param {string} item @param {unknown} answer */
function give(item, answer) {
  const said = JSON.stringify(answer);
  if (given[item] === said) return;
  given[item] = said;
  const answers = waiting();
  answers[item] = { id: random(), answer };
  keep(answers);
  show(item, 'here');
  send();
}

/** Sends what waits, one after the other; a newer answer to the same item takes the place of an unsent one. */
function send() {
  if (busy) return;
  const answers = waiting();
  const item = Object.keys(answers)[0];
  if (!item) {
    whenEmpty.splice(0).forEach((run) => run());
    return;
  }
  busy = true;
  window.clearTimeout(timer);
  const next = answers[item];
  count += 1;
  fetch(api + '/answers/' + next.id, {
    method: 'PUT',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ item, answer: next.answer, count }),
  })
    .then((response) => response.json().then((body) => ({ response, body }), () => ({ response, body: {} })))
    .then(({ response, body }) => {
      busy = false;
      if (response.status === 401) return later(words.signedOut);
      if (response.status >= 500 || response.status === 429) return later(words.offline);
      const now = waiting();
      if (now[item] && now[item].id === next.id) {
        delete now[item];
        keep(now);
        show(item, response.ok ? 'saved' : 'refused', body.message);
      }
      failures = 0;
      connected('');
      if (body.now) ahead = body.now - Date.now();
      // Closed meanwhile: the page now tells the result.
      if (response.status === 409) return location.reload();
      send();
    })
    .catch(() => {
      busy = false;
      later(words.offline);
    });
}

/** @param {string} why */
function later(why) {
  connected(why);
  const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
  failures += 1;
  timer = window.setTimeout(send, wait * (0.75 + Math.random() / 2));
}

/** @param {string} why */
function connected(why) {
  const note = one('[data-connection-note]');
  note.hidden = !why;
  note.textContent = why;
}

/** @param {string} item @returns {HTMLElement | undefined} */
function boxOf(item) {
  return boxes.filter((box) => data(box, 'item') === item)[0];
}

/** @param {string} item @param {'here' | 'saved' | 'refused'} state @param {string} [message] */
function show(item, state, message) {
  const box = boxOf(item);
  if (!box) return;
  box.setAttribute('data-state', state);
  one('[data-note]', box).textContent = state === 'refused' ? message || words.refused : words[state];
  square(box);
}

/** The item's square on the answer sheet (答题卡). @param {HTMLElement} box */
function square(box) {
  const squares = all('[data-square]');
  const own = squares.filter((s) => data(s, 'square') === data(box, 'item'))[0];
  own.setAttribute('data-answered', String(read(box) !== null));
  const done = squares.filter((s) => data(s, 'answered') === 'true').length;
  one('[data-done]').textContent = fill(words.done, { done, all: squares.length });
}

/**
 * Shows what the server has: what another device gave meanwhile, and what was being sent when this page was asked for.
 * What waits here is newer.
 */
function catchUp() {
  const before = Object.assign({}, given);
  fetch(api, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
    .then((response) => {
      if (response.status === 409) location.reload();
      return response.ok ? response.json() : null;
    })
    .then((sheet) => {
      if (!sheet) return;
      ahead = sheet.now - Date.now();
      const own = waiting();
      boxes.forEach((box) => {
        const item = data(box, 'item');
        const answer = sheet.answers[item] === undefined ? null : sheet.answers[item];
        if (own[item] || typing.indexOf(box) >= 0 || given[item] !== before[item]) return;
        if (JSON.stringify(answer) === given[item]) return;
        write(box, answer);
        given[item] = JSON.stringify(read(box));
        show(item, 'saved');
        if (answer === null) one('[data-note]', box).textContent = '';
      });
    })
    .catch(() => undefined);
}

/** @param {HTMLElement} box */
function changed(box) {
  give(data(box, 'item'), read(box));
}

const TYPING_MS = 800;
/** Boxes in which somebody types at this moment. @type {HTMLElement[]} */
let typing = [];
/** @type {number | undefined} */
let typed;

/** Gives what was typed and not given yet: before the page goes away, and before handing in. */
function settle() {
  window.clearTimeout(typed);
  typing.splice(0).forEach(changed);
}

/** @param {HTMLElement} box */
function types(box) {
  if (typing.indexOf(box) < 0) typing.push(box);
  window.clearTimeout(typed);
  typed = window.setTimeout(settle, TYPING_MS);
}

/* One item at a time, the clock, handing in. */

let at = 0;

/** @param {number} next */
function go(next) {
  at = Math.max(0, Math.min(boxes.length - 1, next));
  boxes.forEach((box, place) => (box.hidden = place !== at));
  // Whoever had scrolled down to the buttons begins at the top of the next one.
  if (boxes[at].getBoundingClientRect().top < 0) boxes[at].scrollIntoView();
  all('[data-step]').forEach((step) => {
    const to = at + Number(data(step, 'step'));
    /** @type {HTMLButtonElement} */ (step).disabled = to < 0 || to >= boxes.length;
  });
  all('[data-square]').forEach((s, place) => s.toggleAttribute('aria-current', place === at));
  // A page that is loaded again shows the same item.
  window.history.replaceState(null, '', '#' + data(boxes[at], 'item'));
}

/** Everything is sent first, so that nothing given is missing from what is marked. */
function handIn() {
  settle();
  whenEmpty.push(() => {
    fetch(api + '/hand-in', { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' } })
      .then((response) => {
        // The result is another page than the item that was answered last: it begins at its top.
        if (response.ok || response.status === 409) location.replace(location.pathname);
        else handInLater(response.status === 401 ? words.signedOut : words.offline);
      })
      .catch(() => handInLater(words.offline));
  });
  send();
}

const AGAIN_MS = 2000;

/** @param {string} why */
function handInLater(why) {
  connected(why);
  window.setTimeout(handIn, AGAIN_MS);
}

let over = false;

function tick() {
  if (!ends) return;
  const left = Math.max(0, ends - (Date.now() + ahead));
  const seconds = Math.floor(left / 1000);
  const clock = one('[data-clock]');
  clock.textContent = Math.floor(seconds / 60) + ':' + ('0' + (seconds % 60)).slice(-2);
  clock.toggleAttribute('data-hurry', seconds < 60);
  if (!left && !over) {
    over = true;
    handIn();
  }
}

boxes.forEach((box) => {
  const item = data(box, 'item');
  const saved = data(box, 'answer') ? JSON.parse(data(box, 'answer')) : null;
  places[item] = (saved && saved[data(box, 'kind')]) || [];
  box.addEventListener('change', (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.hasAttribute('data-option')) exchange(box, field);
    if (field.getAttribute('name')) changed(box);
  });
  box.addEventListener('input', (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.getAttribute('name') && field.type === 'text') types(box);
  });
  all('select[data-option]', box).forEach((list) =>
    list.setAttribute('data-was', /** @type {HTMLSelectElement} */ (list).value),
  );
  if (one('[data-text]', box)) textItem(box, words, changed, types);
  if (one('[data-picture]', box)) pictureItem(box, words, changed);
  // What this device holds is newer than what came with the page.
  const held = waiting()[item];
  if (held) write(box, /** @type {any} */ (held.answer));
  given[item] = JSON.stringify(read(box));
});
all('[data-steps]').forEach((steps) => (steps.hidden = false));
all('[data-step]').forEach((step) => step.addEventListener('click', () => go(at + Number(data(step, 'step')))));
all('[data-square]').forEach((s, place) =>
  s.addEventListener('click', (event) => {
    event.preventDefault();
    go(place);
  }),
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const blank = all('[data-square]').filter((s) => data(s, 'answered') !== 'true').length;
  if (!blank || window.confirm(fill(words.sure, { blank }))) handIn();
});
document.addEventListener('visibilitychange', () => {
  settle();
  if (document.hidden) return;
  send();
  catchUp();
});
window.addEventListener('pagehide', settle);
// A page out of the browser's memory knows neither the time nor what another device answered.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
window.addEventListener('online', send);
root.classList.add('scripted');
Object.keys(waiting()).forEach((item) => show(item, 'here'));
go(boxes.findIndex((box) => '#' + data(box, 'item') === window.location.hash));
tick();
window.setInterval(tick, 250);
send();
// A page that was asked for while its forerunner still sent may be older than what was saved.
if (window.performance.navigation.type > 0) catchUp();
