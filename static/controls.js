// @ts-check
/**
 * The controls of a paper's items: what they say as an answer, and an answer put back into them.
 *
 * For old engines: nothing newer than ES2017 but the module.
 */

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
export function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
export function one(selector, within) {
  return /** @type {HTMLElement} */ ((within || document).querySelector(selector));
}

/** @param {HTMLElement} element @param {string} name */
export function data(element, name) {
  return element.getAttribute('data-' + name) || '';
}

/** @param {string} sentence @param {Record<string, string | number>} values */
export function fill(sentence, values) {
  return (sentence || '').replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Marked places of a text and clicks on a picture, by item. @type {Record<string, any[]>} */
export const places = {};
/** Draws the marks of an item anew. @type {Record<string, () => void>} */
export const redraw = {};


/** `null`: blank. @param {HTMLElement} box @returns {unknown} */
export function read(box) {
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

/** Puts an answer that this device still holds into the controls. @param {HTMLElement} box @param {any} answer */
export function write(box, answer) {
  const kind = data(box, 'kind');
  const own = answer === null ? null : answer[kind];
  const fields = /** @type {HTMLInputElement[]} */ (all('input[name], select[name]', box));
  fields.forEach((field, at) => {
    if (kind === 'single' || kind === 'true-false') field.checked = own !== null && field.value === String(own);
    else if (kind === 'multiple') field.checked = own !== null && own.indexOf(Number(field.value)) >= 0;
    else if (kind === 'fill-in') field.value = own === null ? '' : own[at] || '';
    else if (kind === 'number') field.value = own === null ? '' : String(own);
    else if (kind === 'ordering') {
      const place = own === null ? -1 : own.indexOf(Number(data(field, 'option')));
      field.value = place < 0 ? '' : String(place + 1);
      field.setAttribute('data-was', field.value);
    } else if (kind === 'matching') {
      const right = own === null ? undefined : own[data(field, 'left')];
      field.value = right === undefined ? '' : String(right);
    }
  });
  const item = data(box, 'item');
  if (redraw[item]) {
    places[item] = own || [];
    redraw[item]();
  }
}

/** Full-width digits, a comma between thousands, or one for the point; as the form without script. @param {string} text */
function plain(text) {
  const narrow = text
    .replace(/\s/g, '')
    .replace(/[０-９．－＋，]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const whole = /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(narrow) ? narrow.replace(/,/g, '') : narrow.replace(',', '.');
  return whole.replace(/^\./, '0.');
}

/**
 * A place of an ordering is given once: the line that had it takes the place that this one had.
 * @param {HTMLElement} box @param {HTMLElement} field the list that was changed
 */
export function exchange(box, field) {
  const own = /** @type {HTMLSelectElement} */ (field);
  all('select[data-option]', box).forEach((one) => {
    const other = /** @type {HTMLSelectElement} */ (one);
    if (other === own || !own.value || other.value !== own.value) return;
    other.value = data(own, 'was');
    other.setAttribute('data-was', other.value);
  });
  own.setAttribute('data-was', own.value);
}
