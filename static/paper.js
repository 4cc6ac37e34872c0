// @ts-check
/**
 * Answering a paper (答题). Each change is an answer: it is written to this device first, then sent, and the page says
 * whether it is *here* or *saved*. Time is the server's. Without this file the same page is a plain form.
 *
 * For old engines inside other programs: no worker, no private fields, nothing newer than ES2017 but the module.
 */

/**
 * @typedef {object} Waiting an answer that the server has not confirmed
 * @property {string} id
 * @property {unknown} answer
 */

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
function one(selector, within) {
  return /** @type {HTMLElement} */ ((within || document).querySelector(selector));
}

/** @param {HTMLElement} element @param {string} name */
function data(element, name) {
  return element.getAttribute('data-' + name) || '';
}

/** @param {string} sentence @param {Record<string, string | number>} values */
function fill(sentence, values) {
  return (sentence || '').replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

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

/** @param {string} item @param {unknown} answer */
function give(item, answer) {
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

/* What the controls say. */

/** Marked places of a text and clicks on a picture, by item. @type {Record<string, any[]>} */
const places = {};

/** `null`: blank. @param {HTMLElement} box @returns {unknown} */
function read(box) {
  const fields = /** @type {HTMLInputElement[]} */ (all('input[name], select[name]', box));
  const ticked = fields.filter((field) => field.checked);
  const typed = fields.map((field) => field.value.trim());
  const kind = data(box, 'kind');
  switch (kind) {
    case 'single':
      return ticked.length ? { single: Number(ticked[0].value) } : null;
    case 'true-false':
      return ticked.length ? { 'true-false': ticked[0].value === 'true' } : null;
    case 'multiple':
      return ticked.length ? { multiple: ticked.map((field) => Number(field.value)) } : null;
    case 'fill-in':
      return typed.some(Boolean) ? { 'fill-in': typed } : null;
    case 'number':
      return typed[0] ? { number: plain(typed[0]) } : null;
    case 'ordering': {
      const placed = fields.filter((field) => field.value);
      placed.sort((a, b) => Number(a.value) - Number(b.value));
      return placed.length ? { ordering: placed.map((field) => Number(data(field, 'option'))) } : null;
    }
    case 'matching': {
      /** @type {Record<string, number>} */
      const pairs = {};
      fields.filter((field) => field.value).forEach((field) => (pairs[data(field, 'left')] = Number(field.value)));
      return Object.keys(pairs).length ? { matching: pairs } : null;
    }
    default: {
      const own = places[data(box, 'item')] || [];
      return own.length ? { [kind]: own } : null;
    }
  }
}

/** Full-width digits, and a comma for a point. @param {string} text */
function plain(text) {
  return text
    .replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[,，]/, '.')
    .replace(/^\./, '0.');
}

/** @param {HTMLElement} box */
function changed(box) {
  give(data(box, 'item'), read(box));
}

/* A text in which places are marked: select, press the button, write what is right. */

/** @param {HTMLElement} box */
function textItem(box) {
  const item = data(box, 'item');
  const text = one('[data-text]', box);
  const button = /** @type {HTMLButtonElement} */ (one('[data-mark]', box));
  const list = one('[data-marks]', box);
  const characters = Array.from(text.textContent || '');
  /** @type {{ from: number, length: number } | null} */
  let selected = null;

  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    selected = null;
    if (selection && selection.rangeCount && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      if (text.contains(range.startContainer) && text.contains(range.endContainer)) {
        const before = document.createRange();
        before.selectNodeContents(text);
        before.setEnd(range.startContainer, range.startOffset);
        selected = { from: Array.from(before.toString()).length, length: Array.from(range.toString()).length };
      }
    }
    if (selected || document.activeElement !== button) button.disabled = !selected;
  });
  button.addEventListener('click', () => {
    if (!selected) return;
    const { from, length } = selected;
    const meets = places[item].some((place) => place.from < from + length && from < place.from + place.length);
    if (meets) return;
    places[item].push({ from, length, text: '' });
    draw(places[item].length - 1);
    changed(box);
  });

  /** @param {number} [focus] */
  function draw(focus) {
    list.textContent = '';
    places[item].forEach((place, at) => {
      const line = document.createElement('li');
      const wrong = document.createElement('del');
      wrong.textContent = characters.slice(place.from, place.from + place.length).join('');
      const field = document.createElement('input');
      field.value = place.text;
      field.maxLength = 200;
      field.setAttribute('aria-label', wrong.textContent + ' ' + words.becomes);
      field.addEventListener('change', () => {
        place.text = field.value;
        changed(box);
      });
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.className = 'button';
      remove.textContent = words.remove;
      remove.addEventListener('click', () => {
        places[item].splice(at, 1);
        draw();
        changed(box);
      });
      [wrong, document.createTextNode(' ' + words.becomes + ' '), field, remove].forEach((part) => line.appendChild(part));
      list.appendChild(line);
      if (at === focus) field.focus();
    });
  }
  draw();
}

/* A picture on which hazards are clicked; a click on a mark takes it back. */

const NEAR_PERCENT = 3;

/** @param {HTMLElement} box */
function pictureItem(box) {
  const item = data(box, 'item');
  const picture = one('[data-picture]', box);
  const most = Number(data(picture, 'most'));
  picture.addEventListener('click', (event) => {
    const size = picture.getBoundingClientRect();
    const x = ((event.clientX - size.left) / size.width) * 100;
    const y = ((event.clientY - size.top) / size.height) * 100;
    const near = places[item].filter((p) => Math.abs(Number(p.x) - x) < NEAR_PERCENT && Math.abs(Number(p.y) - y) < NEAR_PERCENT);
    if (near.length) places[item].splice(places[item].indexOf(near[0]), 1);
    else if (places[item].length < most) places[item].push({ x: x.toFixed(1), y: y.toFixed(1) });
    else return;
    draw();
    changed(box);
  });

  function draw() {
    all('i', picture).forEach((mark) => mark.remove());
    places[item].forEach((place, at) => {
      const mark = document.createElement('i');
      mark.textContent = String(at + 1);
      mark.style.left = place.x + '%';
      mark.style.top = place.y + '%';
      picture.appendChild(mark);
    });
  }
  draw();
}

/* One item at a time, the clock, handing in. */

let at = 0;

/** @param {number} next */
function go(next) {
  at = Math.max(0, Math.min(boxes.length - 1, next));
  boxes.forEach((box, place) => (box.hidden = place !== at));
  all('[data-step]').forEach((step) => {
    const to = at + Number(data(step, 'step'));
    /** @type {HTMLButtonElement} */ (step).disabled = to < 0 || to >= boxes.length;
  });
  all('[data-square]').forEach((s, place) => s.toggleAttribute('aria-current', place === at));
}

/** Everything is sent first, so that nothing given is missing from what is marked. */
function handIn() {
  whenEmpty.push(() => {
    fetch(api + '/hand-in', { method: 'POST', credentials: 'same-origin', headers: { Accept: 'application/json' } })
      .then((response) => {
        if (response.ok || response.status === 409) location.reload();
        else later(words.offline), window.setTimeout(handIn, 2000);
      })
      .catch(() => window.setTimeout(handIn, 2000));
  });
  send();
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
  const given = JSON.parse(data(box, 'answer') || '{}');
  places[item] = given[data(box, 'kind')] || [];
  box.addEventListener('change', (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.getAttribute('name')) changed(box);
  });
  if (one('[data-text]', box)) textItem(box);
  if (one('[data-picture]', box)) pictureItem(box);
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
  if (!document.hidden) send();
});
window.addEventListener('online', send);
root.classList.add('scripted');
Object.keys(waiting()).forEach((item) => show(item, 'here'));
go(0);
tick();
window.setInterval(tick, 250);
send();
