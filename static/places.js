// @ts-check
/**
 * Items that are answered by places: wrong words of a text, hazards in a picture.
 *
 * For old engines: nothing newer than ES2017 but the module.
 */

import { all, data, fill, one, places, redraw } from './controls.js';

/* A text in which places are marked: select, press the button, write what is right. */

/**
 * @param {HTMLElement} box
 * @param {Record<string, string>} words
 * @param {(box: HTMLElement) => void} changed
 * @param {(box: HTMLElement) => void} types somebody types, and it is not settled yet
 */
export function textItem(box, words, changed, types) {
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
    if (selected) add(selected.from, selected.length);
  });

  /** Marks a place that meets no other one. @param {number} from @param {number} length */
  function add(from, length) {
    if (meets(from, length)) return;
    places[item].push({ from, length, text: '' });
    draw(places[item].length - 1);
    changed(box);
  }

  /** @param {number} from @param {number} length */
  function meets(from, length) {
    return places[item].some((place) => place.from < from + length && from < place.from + place.length);
  }

  // Where selecting is hard (a keyboard, a small screen), the wrong word is typed as it stands.
  const wanted = /** @type {HTMLInputElement} */ (one('[data-wanted]', box));
  one('[data-mark-wanted]', box).addEventListener('click', () => {
    const sought = Array.from(wanted.value.trim());
    const fits = (/** @type {number} */ from) => sought.every((c, i) => characters[from + i] === c) && !meets(from, sought.length);
    const found = sought.length ? characters.findIndex((_, from) => fits(from)) : -1;
    wanted.setCustomValidity(found < 0 ? words.notInText : '');
    if (found < 0) return void wanted.reportValidity();
    wanted.value = '';
    add(found, sought.length);
  });
  wanted.addEventListener('input', () => wanted.setCustomValidity(''));

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
      field.addEventListener('input', () => {
        place.text = field.value;
        types(box);
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
  redraw[item] = draw;
  draw();
}

/*
 * A picture on which hazards are clicked; a click on a mark takes it back. With a keyboard a crosshair is moved over it.
 * Nothing here knows where hazards are.
 */

const NEAR_PERCENT = 3;
const STEP_PERCENT = 4;
const SMALL_STEP_PERCENT = 0.5;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} box
 * @param {Record<string, string>} words
 * @param {(box: HTMLElement) => void} changed
 */
export function pictureItem(box, words, changed) {
  const item = data(box, 'item');
  const picture = one('[data-picture]', box);
  const most = Number(data(picture, 'most'));
  const told = one('[data-cross-told]', box);
  const cross = document.createElement('b');
  cross.className = 'cross';
  cross.setAttribute('aria-hidden', 'true');
  picture.appendChild(cross);
  const at = { x: 50, y: 50 };

  picture.addEventListener('click', (event) => {
    const size = picture.getBoundingClientRect();
    place(((event.clientX - size.left) / size.width) * 100, ((event.clientY - size.top) / size.height) * 100);
  });
  picture.addEventListener('focus', aim);
  picture.addEventListener('keydown', (event) => {
    const way = WAYS[event.key];
    if (way) {
      const step = event.shiftKey ? SMALL_STEP_PERCENT : STEP_PERCENT;
      at.x = Math.max(0, Math.min(100, at.x + way[0] * step));
      at.y = Math.max(0, Math.min(100, at.y + way[1] * step));
      aim();
    } else if (event.key === 'Enter' || event.key === ' ') place(at.x, at.y);
    else return;
    // Neither scrolls the page nor hands the paper in.
    event.preventDefault();
  });

  function aim() {
    cross.style.left = at.x + '%';
    cross.style.top = at.y + '%';
    tell();
  }

  function tell() {
    const said = { x: Math.round(at.x), y: Math.round(at.y), count: places[item].length, most };
    told.textContent = fill(words.cross, said);
  }

  /** Puts a mark there, or takes back the one that is near. @param {number} x @param {number} y */
  function place(x, y) {
    const near = places[item].filter((p) => Math.abs(Number(p.x) - x) < NEAR_PERCENT && Math.abs(Number(p.y) - y) < NEAR_PERCENT);
    if (near.length) places[item].splice(places[item].indexOf(near[0]), 1);
    else if (places[item].length < most) places[item].push({ x: x.toFixed(1), y: y.toFixed(1) });
    else return;
    draw();
    if (document.activeElement === picture) tell();
    changed(box);
  }

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
  redraw[item] = draw;
  draw();
}
