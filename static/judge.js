// @ts-check
/**
 * The judge's sheet. Every tap is a mark: it goes to the outbox at once, and the control says whether the mark is
 * *here* or *received*. Controls keep to min, max and step by touch, keyboard and number pad. Without this file
 * the same sheet is a plain form.
 */

import { Outbox } from './queue.js';

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((e) => /** @type {HTMLElement} */ (e));

const root = /** @type {HTMLElement} */ (document.querySelector('[data-judge]'));
const words = JSON.parse(root.dataset.words ?? '{}');

/**
 * Exact decimal steps: values travel as text, and are compared as integers of their last digit.
 * @param {string} text
 * @param {number} digits
 */
function units(text, digits) {
  const [whole, part = ''] = text.replace('-', '').split('.');
  const size = BigInt((whole || '0') + part.padEnd(digits, '0').slice(0, digits));
  return text.startsWith('-') ? -size : size;
}

/** @param {bigint} value @param {number} digits */
function text(value, digits) {
  const sign = value < 0n ? '-' : '';
  const plain = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  if (!digits) return sign + plain;
  const part = plain.slice(-digits).replace(/0+$/, '');
  return sign + plain.slice(0, -digits) + (part ? `.${part}` : '');
}

/** What a control allows. */
class Allowed {
  /** @param {DOMStringMap} data */
  constructor({ min, max, step }) {
    this.words = { min, max, step };
    this.digits = Math.max(0, ...[min, max, step].map((value) => (value?.split('.')[1] ?? '').length));
    if (!step) this.digits = Math.max(this.digits, 6);
    this.min = min ? units(min, this.digits) : undefined;
    this.max = max ? units(max, this.digits) : undefined;
    this.step = step ? units(step, this.digits) : undefined;
  }

  /** @param {string} value @returns {string} why not, or nothing */
  refuses(value) {
    if (!/^-?\d{1,12}(\.\d{1,9})?$/.test(value)) return words.notANumber;
    const part = (value.split('.')[1] ?? '').replace(/0+$/, '');
    if (this.step !== undefined && part.length > this.digits) return fill(words.notAStep, this.words);
    const number = units(value, this.digits);
    if (this.min !== undefined && number < this.min) return fill(words.belowMin, this.words);
    if (this.max !== undefined && number > this.max) return fill(words.aboveMax, this.words);
    if (this.step && (number - (this.min ?? 0n)) % this.step !== 0n) return fill(words.notAStep, this.words);
    return '';
  }

  /** One step up or down, from what is there. @param {string} value @param {1 | -1} direction */
  moved(value, direction) {
    const step = this.step ?? 10n ** BigInt(this.digits);
    let next = units(value, this.digits) + step * BigInt(direction);
    if (this.min !== undefined && next < this.min) next = this.min;
    if (this.max !== undefined && next > this.max) next = this.max;
    return text(next, this.digits);
  }
}

/** @param {string} sentence @param {Record<string, string | undefined>} values */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** One control: a mark's, or a violation's count. */
class Control {
  /** @param {HTMLElement} element @param {Outbox} outbox */
  constructor(element, outbox) {
    this.element = element;
    this.outbox = outbox;
    this.allowed = new Allowed(element.dataset);
    this.slot = element.dataset.slot ?? '';
    this.field = /** @type {HTMLInputElement | null} */ (element.querySelector('input[data-field]'));
    this.note = /** @type {HTMLElement} */ (element.querySelector('[data-note]'));
    element.addEventListener('click', (event) => this.clicked(event));
    this.field?.addEventListener('change', () => this.typed());
    this.field?.addEventListener('focus', () => this.field?.select());
    this.field?.addEventListener('keydown', (event) => this.key(event));
    this.show();
  }

  get value() {
    return this.element.dataset.value ?? '';
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!button || !this.element.contains(button)) return;
    if (button.dataset.set !== undefined) this.give(button.dataset.set);
    else if (button.dataset.move) this.move(button.dataset.move === 'up' ? 1 : -1);
    else if (button.dataset.pad !== undefined) pad.open(this);
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const move = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (move) this.move(move > 0 ? 1 : -1);
    else if (event.key === 'Enter') this.next();
    else return;
    event.preventDefault();
  }

  next() {
    this.typed();
    const fields = all('input[data-field]');
    const place = fields.findIndex((field) => field === this.field);
    fields[place + 1]?.focus();
    if (place === fields.length - 1) this.field?.blur();
  }

  typed() {
    const typed = toPlain(this.field?.value ?? '');
    if (typed !== this.value) this.give(typed);
  }

  /** @param {1 | -1} direction */
  move(direction) {
    // An unmarked control has no value to step from: the judge names the first one.
    if (!/^-?\d/.test(this.value)) {
      if (this.element.dataset.count !== undefined) return this.give(direction > 0 ? '1' : '0');
      return pad.open(this);
    }
    this.give(this.allowed.moved(this.value, direction));
  }

  /** @param {string} value */
  give(value) {
    const word = (value === '' || value === 'absent' || value === 'n/a') && this.element.dataset.keeps === undefined;
    const refused = word ? '' : this.allowed.refuses(value);
    if (refused) {
      // What was typed stays, to be mended; the mark before it stands.
      this.say('refused', refused);
      this.field?.setAttribute('aria-invalid', 'true');
      tally();
      return;
    }
    if (value === this.value) {
      if (this.element.dataset.state === 'refused') this.say('', '');
      this.show();
      tally();
      return;
    }
    this.element.dataset.value = value;
    this.show();
    this.say('here', words.here);
    const body = JSON.parse(this.element.dataset.body ?? '{}');
    if (this.element.dataset.count !== undefined) {
      void this.outbox.add('violations', this.slot, { ...body, 'times': Number(value || 0) });
    } else {
      void this.outbox.add(this.element.dataset.to ?? 'marks', this.slot, { ...body, value: value === '' ? null : value });
    }
    tally();
  }

  /** Another judge of the panel set the count. @param {number} times */
  hear(times) {
    if (this.element.dataset.state === 'here' || this.value === String(times)) return;
    this.element.dataset.value = String(times);
    this.element.dataset.known = String(times);
    this.show();
  }

  show() {
    this.field?.removeAttribute('aria-invalid');
    const marked = this.value !== '';
    this.element.classList.toggle('marked', marked);
    if (this.field) this.field.value = /^-?\d/.test(this.value) ? this.value : '';
    for (const button of all('button[data-set]', this.element)) {
      button.setAttribute('aria-pressed', String(button.dataset.set === this.value && this.value !== ''));
    }
    for (const output of all('[data-shows]', this.element)) {
      output.textContent = { '': words.unmarked, absent: words.absent, 'n/a': words.notApplicable }[this.value] ?? this.value;
    }
  }

  /** @param {string} state @param {string} sentence */
  say(state, sentence) {
    this.element.dataset.state = state;
    this.note.textContent = sentence;
  }
}

/** Full-width digits and Chinese marks are typed by accident; they mean the plain ones. @param {string} typed */
function toPlain(typed) {
  return typed.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[。．，,]/g, '.');
}

/** The number pad, one for the page. */
const pad = {
  dialog: /** @type {HTMLDialogElement} */ (document.querySelector('dialog[data-numbers]')),
  typed: '',
  /** @type {Control | undefined} */ control: undefined,

  /** @param {Control} control */
  open(control) {
    this.control = control;
    this.typed = '';
    const { min = '', max = '' } = control.element.dataset;
    for (const title of all('[data-title]', this.dialog)) title.textContent = control.element.dataset.title ?? '';
    for (const range of all('[data-range]', this.dialog)) range.textContent = min || max ? `${min} – ${max}` : '';
    this.show('');
    this.dialog.showModal();
  },

  /** @param {string} problem */
  show(problem) {
    for (const shown of all('[data-typed]', this.dialog)) shown.textContent = this.typed || ' ';
    for (const shown of all('[data-problem]', this.dialog)) shown.textContent = problem;
  },

  /** @param {string} key */
  press(key) {
    if (key === 'ok') return this.take();
    if (key === 'back') this.typed = this.typed.slice(0, -1);
    else if (key === '.' && (this.typed.includes('.') || !this.typed)) return;
    else if (key === '-') this.typed = this.typed.startsWith('-') ? this.typed.slice(1) : `-${this.typed}`;
    else if (this.typed.length < 12) this.typed += key;
    this.show('');
  },

  take() {
    if (!this.control || !this.typed) return this.dialog.close();
    const refused = this.control.allowed.refuses(this.typed);
    if (refused) return this.show(refused);
    this.control.give(this.typed);
    this.dialog.close();
  },

  ready() {
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) return this.dialog.close();
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button?.dataset.key) this.press(button.dataset.key);
    });
    this.dialog.addEventListener('keydown', (event) => {
      const key = { Enter: 'ok', Backspace: 'back' }[event.key] ?? event.key;
      if (!/^(ok|back|[0-9.-])$/.test(key)) return;
      event.preventDefault();
      this.press(key);
    });
  },
};

/** How far the sheet is, and whether it may go. */
function tally() {
  const marks = all('[data-control]:not([data-count])');
  const marked = marks.filter((mark) => mark.dataset.value).length;
  for (const shown of all('[data-progress]')) shown.textContent = `${marked} / ${marks.length}`;
  const waiting = Number(root.dataset.waiting ?? 0);
  const mistyped = all('[data-field][aria-invalid]').length;
  const [why, count] = /** @type {[string, number]} */ (
    mistyped ? [words.mistyped, mistyped] : marked < marks.length ? [words.missing, marks.length - marked] : [words.unsent, waiting]
  );
  for (const note of all('[data-unready]')) note.textContent = count ? fill(why, { count: String(count) }) : '';
  for (const button of all('button[data-submit]')) /** @type {HTMLButtonElement} */ (button).disabled = count > 0;
  for (const review of all('[data-review]')) {
    const row = all('[data-control]').find((control) => control.dataset.slot === review.dataset.review);
    const value = row?.dataset.value ?? '';
    review.textContent = { '': words.unmarked, absent: words.absent, 'n/a': words.notApplicable }[value] ?? value;
    review.classList.toggle('missing', value === '');
  }
}

/** @param {Outbox} outbox @param {Control[]} controls */
async function connection(outbox, controls) {
  const operations = await outbox.all();
  const waiting = operations.filter((operation) => operation.state === 'here');
  root.dataset.waiting = String(waiting.length);
  root.dataset.connection = outbox.connection;
  const sentence = { online: '', offline: words.offline, 'signed-out': words.signedOut }[outbox.connection];
  for (const bar of all('[data-connection-note]')) {
    bar.textContent = waiting.length ? `${sentence} ${fill(words.waiting, { count: String(waiting.length) })}`.trim() : sentence;
    bar.hidden = !bar.textContent;
  }
  for (const control of controls) {
    const last = operations.filter((operation) => operation.slot === control.slot).at(-1);
    if (!last || last.made_ms < opened_ms - 3_600_000) continue;
    if (last.state === 'received' && control.element.dataset.state === 'here') control.say('received', words.received);
    if (last.state === 'refused' && control.element.dataset.state === 'here') {
      control.say('refused', last.reason ?? words.refused);
      control.element.dataset.value = control.element.dataset.known ?? '';
      control.show();
    }
    if (last.state === 'received') control.element.dataset.known = control.value;
  }
  tally();
}

const SHARED_MS = 3000;

/** Counts that the whole panel shares move on every judge's sheet. @param {Control[]} controls */
function listen(controls) {
  const shared = controls.filter((control) => control.element.dataset.shared !== undefined);
  if (!shared.length) return;
  const address = location.pathname.replace(/^\/judge\/([^/]+)/, '/api/v1/contests/$1/sheets') + location.search;
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(address).catch(() => undefined);
    if (!answer?.ok) return;
    /** @type {{ violations: { violation: string, times: number }[] }} */
    const { violations } = await answer.json();
    for (const control of shared) {
      const own = violations.find(({ violation }) => violation === JSON.parse(control.element.dataset.body ?? '{}').violation);
      if (own) control.hear(own.times);
    }
  }, SHARED_MS);
}

const opened_ms = Date.now();

async function start() {
  pad.ready();
  const outbox = await Outbox.open(root.dataset.judge ?? '', root.dataset.contest ?? '');
  const controls = all('[data-control]').map((element) => new Control(element, outbox));
  for (const control of controls) control.element.dataset.known = control.value;
  // What this tablet still has to send is what the judge last meant, whatever the server's page says.
  for (const operation of await outbox.waiting()) {
    const control = controls.find((candidate) => candidate.slot === operation.slot);
    if (!control) continue;
    const { value, times } = /** @type {{ value?: string | null, times?: number }} */ (operation.body);
    control.element.dataset.value = times === undefined ? (value ?? '') : String(times);
    control.show();
    control.say('here', words.here);
  }
  outbox.addEventListener('change', () => void connection(outbox, controls));
  document.documentElement.classList.add('scripted');
  await connection(outbox, controls);
  void outbox.drain();
  listen(controls);
  for (const opener of all('button[data-opens]')) {
    opener.addEventListener('click', () => {
      const dialog = document.getElementById(opener.dataset.opens ?? '');
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    });
  }
}

void start();
