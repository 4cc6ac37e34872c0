// @ts-check
/**
 * What board and hall have in common: words, labels, the state line, and gliding.
 * @import { Board, Connection, Notice, Who } from './live.js'
 */

/** Words come with the page, in the reader's language. */
export class Words {
  /** @param {HTMLElement} root */
  constructor(root) {
    /** @type {Record<string, string>} */
    this.all = JSON.parse(root.dataset.words ?? '{}');
    this.timezone = root.dataset.timezone;
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  say(key, values = {}) {
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), this.all[key] ?? '');
  }

  /** @param {Who} who */
  label(who) {
    if (who.name) return who.name;
    return who.number == null ? this.say('unknown') : this.say('number', { number: who.number });
  }

  /** Hours and minutes at the contest's place. @param {number} ms */
  time(ms) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
    const format = new Intl.DateTimeFormat('sv-SE', /** @type {any} */ ({ ...parts, timeZone: this.timezone }));
    return format.format(ms);
  }
}

/**
 * @param {string} tag
 * @param {string} name class
 * @param {...(Node | string)} children
 */
export function element(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

/** @param {string} text @param {string} tone */
export function pill(text, tone) {
  const made = element('span', 'pill', text);
  made.dataset.tone = tone;
  return made;
}

/**
 * Phase, whether anything may still change, and the freeze.
 * @param {Words} words @param {Notice} notice
 */
export function showNotice(words, notice) {
  const state = document.getElementById('state');
  const pills = [pill(words.say(`phase-${notice.phase}`), notice.phase === 'running' ? 'live' : 'plain')];
  const settled = ['sealed', 'announced', 'notice', 'final'].includes(notice.phase);
  if (!settled) pills.push(pill(words.say('not-final'), 'warn'));
  const at = notice['frozen-at-ms'];
  if (at != null) pills.push(pill(words.say('frozen'), 'bad'));
  state?.replaceChildren(...pills.flatMap((made) => [made, ' ']));
  const frozen = document.getElementById('frozen');
  if (frozen) {
    frozen.hidden = at == null;
    const text = frozen.querySelector('p') ?? frozen;
    text.textContent = at == null ? '' : words.say('frozen-since', { time: words.time(at) });
  }
  const stage = document.getElementById('stage');
  if (stage) {
    /** @param {string} key @param {Who | null} who */
    const part = (key, who) => (who ? [element('span', '', words.say(key), ' ', element('strong', '', words.label(who)))] : []);
    const parts = [...part('on-stage', notice['on-stage']), ...part('next', notice.next)];
    stage.hidden = parts.length === 0;
    stage.replaceChildren(...parts);
  }
}

/** @param {Words} words @param {Connection} connection */
export function showConnection(words, connection) {
  const place = document.getElementById('connection');
  const tone = { live: 'live', polling: 'wait', connecting: 'wait', offline: 'bad' }[connection];
  const old = place?.querySelector('.pill');
  if (old?.getAttribute('data-connection') === connection) return;
  const made = pill(words.say(connection), tone);
  made.dataset.connection = connection;
  place?.replaceChildren(made);
}

const still = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Puts children in this order, and lets each glide from where it was. Those that rose pass above the others.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} children
 */
export function arrange(parent, children) {
  const before = new Map([...parent.children].map((child) => [child, child.getBoundingClientRect().top]));
  const same = parent.children.length === children.length && children.every((child, at) => parent.children[at] === child);
  if (same) return;
  parent.replaceChildren(...children);
  if (still.matches || document.hidden) return;
  const ms = parseFloat(getComputedStyle(parent).getPropertyValue('--glide')) || 600;
  for (const child of children) {
    const was = before.get(child);
    const options = { duration: ms, easing: 'cubic-bezier(.2, .8, .2, 1)' };
    if (was === undefined) {
      child.animate([{ opacity: 0 }, { opacity: 1 }], options);
      continue;
    }
    const by = was - child.getBoundingClientRect().top;
    if (Math.abs(by) < 1) continue;
    const over = by > 0 ? 2 : 1;
    child.animate([{ transform: `translateY(${by}px)`, zIndex: over }, { transform: 'none', zIndex: over }], options);
  }
}

/**
 * Marks a row that rose or fell, until its mark fades.
 * @param {HTMLElement} row @param {number | null} was @param {number | null} now
 */
export function mark(row, was, now) {
  const moved = was != null && now != null && was !== now;
  row.classList.remove('rose', 'fell', 'touched');
  void row.offsetWidth;
  row.classList.add(moved ? (now < was ? 'rose' : 'fell') : 'touched');
}
