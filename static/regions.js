// @ts-check
/**
 * Hazards of a picture drawn over it, where the key of an item is written: a rectangle that is drawn becomes a line of
 * the key, and every line of the key stands on the picture. Whoever does not draw writes the lines.
 */

const root = document.querySelector('[data-regions]');
const HANDLED = /^\s*(矩形|方形|rectangle|圆形|圆|circle|多边形|polygon)\s*(.*)$/i;
const SMALLEST_PERCENT = 1;
const SVG = 'http://www.w3.org/2000/svg';

if (root instanceof HTMLElement) begin(root);

/** @param {HTMLElement} root */
function begin(root) {
  const form = /** @type {HTMLFormElement} */ (root.closest('form'));
  const key = /** @type {HTMLTextAreaElement} */ (form.querySelector('textarea[name=key]'));
  const choice = /** @type {HTMLSelectElement | null} */ (form.querySelector('select[name=picture]'));
  const canvas = /** @type {HTMLElement} */ (root.querySelector('[data-canvas]'));
  const picture = /** @type {HTMLImageElement} */ (canvas.querySelector('img'));
  const layer = document.createElementNS(SVG, 'svg');
  layer.setAttribute('viewBox', '0 0 100 100');
  layer.setAttribute('preserveAspectRatio', 'none');
  layer.setAttribute('aria-hidden', 'true');
  canvas.append(layer);
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  /** @type {SVGElement | null} */
  let drawn = null;

  function show() {
    const name = choice ? choice.value : root.dataset.picture || '';
    root.hidden = !name;
    if (name) picture.src = root.dataset.base + encodeURIComponent(name);
    redraw();
  }

  function redraw() {
    layer.replaceChildren(...key.value.split(/[\n；;]/).map(shape).filter((one) => one !== null));
  }

  /** A line of the key as a shape; null for what cannot be read yet. @param {string} line */
  function shape(line) {
    const found = HANDLED.exec(line);
    if (!found) return null;
    const numbers = (found[2].match(/\d+(\.\d+)?/g) || []).map(Number);
    if (/圆|circle/i.test(found[1])) {
      if (numbers.length < 3) return null;
      // A radius is in per cent of the width.
      const ratio = picture.naturalHeight ? picture.naturalWidth / picture.naturalHeight : 1;
      return made('ellipse', { cx: numbers[0], cy: numbers[1], rx: numbers[2], ry: numbers[2] * ratio });
    }
    if (/多边形|polygon/i.test(found[1])) {
      const pairs = found[2].match(/\d+(\.\d+)?\s*[,，]\s*\d+(\.\d+)?/g) || [];
      return pairs.length < 3 ? null : made('polygon', { points: pairs.join(' ').replace(/，/g, ',') });
    }
    if (numbers.length < 4) return null;
    return made('rect', { x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3] });
  }

  /** @param {string} name @param {Record<string, string | number>} values */
  function made(name, values) {
    const one = document.createElementNS(SVG, name);
    Object.keys(values).forEach((key) => one.setAttribute(key, String(values[key])));
    return one;
  }

  /** Where the pointer is, in per cent of the picture. @param {PointerEvent} event */
  function place(event) {
    const size = canvas.getBoundingClientRect();
    const within = (/** @type {number} */ value) => Math.round(Math.max(0, Math.min(100, value * 100)) * 10) / 10;
    return { x: within((event.clientX - size.left) / size.width), y: within((event.clientY - size.top) / size.height) };
  }

  /** @param {{ x: number, y: number }} a @param {{ x: number, y: number }} b */
  function between(a, b) {
    const tenth = (/** @type {number} */ value) => Math.round(value * 10) / 10;
    return {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: tenth(Math.abs(a.x - b.x)),
      height: tenth(Math.abs(a.y - b.y)),
    };
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    from = place(event);
    drawn = made('rect', between(from, from));
    layer.append(drawn);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!from || !drawn) return;
    const box = between(from, place(event));
    Object.entries(box).forEach(([name, value]) => /** @type {SVGElement} */ (drawn).setAttribute(name, String(value)));
  });
  canvas.addEventListener('pointerup', (event) => {
    if (!from) return;
    const box = between(from, place(event));
    from = drawn = null;
    if (box.width >= SMALLEST_PERCENT && box.height >= SMALLEST_PERCENT) add(box);
    else redraw();
  });
  canvas.addEventListener('pointercancel', () => {
    from = drawn = null;
    redraw();
  });

  /** Writes the line, and leaves its name to be typed over. @param {{ x: number, y: number, width: number, height: number }} box */
  function add(box) {
    const before = key.value.trimEnd();
    const head = `${root.dataset.word} ${box.x},${box.y},${box.width},${box.height} `;
    key.value = (before ? before + '\n' : '') + head + root.dataset.name;
    redraw();
    key.focus();
    key.setSelectionRange(key.value.length - (root.dataset.name || '').length, key.value.length);
  }

  key.addEventListener('input', redraw);
  picture.addEventListener('load', redraw);
  if (choice) choice.addEventListener('change', show);
  show();
}
