// @ts-check
/**
 * Moves the board of a page: rows glide to their new place, one's own stays pinned, changes of rank are read out,
 * and a tap on a row opens the *why* beside it. Without this file the same page is a plain table.
 * @import { Board, Changes, Row, Table } from './live.js'
 */

import { Follower } from './live.js';
import { Words, arrange, element, mark, pill, showConnection, showNotice } from './rows.js';

const root = /** @type {HTMLElement} */ (document.getElementById('board'));
const words = new Words(root);
const contest = root.dataset.contest ?? '';
const standings = document.querySelector('#standings tbody');
/** Ranks above this are read out for everybody; one's own always is. */
const SPOKEN_RANK = 3;

/** @param {Table} table @param {Row} row */
function cells(table, row) {
  const why = document.createElement('a');
  why.href = `/contests/${encodeURIComponent(contest)}/why/${encodeURIComponent(row.key)}?table=${encodeURIComponent(table.key)}`;
  why.textContent = words.label(row);
  const who = element('th', 'who', why);
  who.setAttribute('scope', 'row');
  if (row.unit) who.append(element('small', '', row.unit));
  if (row['outside-quota']) who.append(' ', pill(words.say('outside-quota'), 'plain'));
  if (row.vetoed && row.status !== 'vetoed') who.append(' ', pill(words.say('vetoed'), 'bad'));
  const total = element('td', 'number total');
  const tie = row['decided-by'] === 'open' || row['decided-by'] === 'shared';
  if (row.status !== 'ranked') total.append(pill(words.say(row.status), 'wait'));
  else if (tie) total.append(pill(words.say(`tie-${row['decided-by']}`), row['decided-by'] === 'open' ? 'warn' : 'plain'));
  if (row.total) total.append(element('span', '', row.total));
  return [
    element('td', 'rank', row.rank == null ? '–' : String(row.rank)),
    who,
    ...row.stages.map((points) => element('td', 'number stage', points ?? '–')),
    total,
  ];
}

/** @param {Table} table @param {Row} row @param {HTMLElement | undefined} old */
function tr(table, row, old) {
  const line = old ?? document.createElement('tr');
  const look = JSON.stringify(row);
  if (line.dataset.look === look) return line;
  // Rows that came as HTML are left alone until something in them changes.
  const fresh = cells(table, row);
  const same = line.children.length === fresh.length && fresh.every((cell, at) => cell.textContent === line.children[at]?.textContent);
  if (!same) line.replaceChildren(...fresh);
  line.dataset.look = look;
  line.dataset.key = row.key;
  line.dataset.rank = String(row.rank ?? '');
  return line;
}

/** @param {Board} board @param {Changes | undefined} changes */
function show(board, changes) {
  showNotice(words, board.notice);
  showLadders(board);
  const table = board.tables.find(({ key }) => key === root.dataset.table) ?? board.tables[0];
  const columns = document.querySelectorAll('#standings th.stage[scope=col]').length;
  // Another definition, or a board that only now has something to show, is another page.
  if (!table || !(standings instanceof HTMLElement) || board.notice.hidden || columns !== table.columns.length) {
    if (Boolean(table && !board.notice.hidden) !== standings instanceof HTMLElement) location.reload();
    return;
  }
  const empty = document.getElementById('empty');
  if (empty) empty.hidden = table.rows.length > 0;
  standings.closest('.table')?.toggleAttribute('hidden', table.rows.length === 0);
  const old = new Map([...standings.querySelectorAll('tr')].map((line) => [line.dataset.key, line]));
  arrange(standings, table.rows.map((row) => tr(table, row, old.get(row.key))));
  showCount(table);
  showOwn(table);
  const change = changes?.tables.find(({ key }) => key === table.key);
  for (const { key, was, rank } of change?.rows ?? []) {
    const line = [...standings.children].find((child) => child instanceof HTMLElement && child.dataset.key === key);
    if (line instanceof HTMLElement) mark(line, was, rank);
  }
  announce(change?.rows ?? []);
}

/** Who holds each ladder. @param {Board} board */
function showLadders(board) {
  const lines = [...document.querySelectorAll('#ladders li')];
  const keys = lines.map((line) => (line instanceof HTMLElement ? line.dataset.key : undefined));
  const ladders = board.ladders ?? [];
  if (keys.join(' ') !== ladders.map(({ key }) => key).join(' ')) location.reload();
  ladders.forEach(({ holder }, at) => {
    const place = lines[at]?.querySelector('.holder');
    if (place) place.textContent = holder ? words.label(holder) : '–';
  });
}

/** @param {Table} table */
function showCount(table) {
  const count = document.getElementById('count');
  if (!count) return;
  count.hidden = table.rows.length === table.count;
  count.textContent = words.say('rows', { count: table.rows.length, all: table.count });
}

const ownKeys = (document.getElementById('own')?.dataset.keys ?? '').split('\n').filter(Boolean);

/** @param {Table} table */
function showOwn(table) {
  const body = document.querySelector('#own tbody');
  if (!(body instanceof HTMLElement)) return;
  const old = new Map([...body.querySelectorAll('tr')].map((line) => [line.dataset.key, line]));
  // Below the window, the row that came with the page stays until the page is asked again.
  arrange(body, ownKeys.flatMap((key) => {
    const row = table.rows.find((row) => row.key === key);
    const line = row ? tr(table, row, old.get(key)) : old.get(key);
    return line ?? [];
  }));
}

/** @param {(Row & { was: number | null })[]} rows */
function announce(rows) {
  const spoken = rows.filter(({ key, rank, was }) => rank != null && rank !== was && (ownKeys.includes(key) || rank <= SPOKEN_RANK));
  const text = spoken.map((row) => {
    const kind = row.was == null ? 'enters' : (row.rank ?? 0) < row.was ? 'rises' : 'falls';
    return words.say(kind, { name: words.label(row), rank: row.rank ?? '' });
  });
  const place = document.getElementById('announcer');
  if (place && text.length) place.textContent = text.slice(0, SPOKEN_RANK).join('。');
}

/** The *why* opens in a box over the page; without script the link leads to it. */
function openWhy() {
  const box = document.createElement('dialog');
  box.className = 'why';
  root.append(box);
  root.addEventListener('click', async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target === box || target?.closest('[data-close]')) box.close();
    const line = target?.closest('tr[data-key]');
    const link = line?.querySelector('a');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    try {
      const response = await fetch(link.href);
      // Where there is nothing to explain in a box, the row leads to a page of its own.
      if (response.redirected) {
        location.href = response.url;
        return;
      }
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const part = page.querySelector('main');
      if (!part) throw new Error('no explanation');
      const close = element('button', 'button', words.say('close'));
      close.dataset.close = '';
      box.replaceChildren(close, ...part.childNodes);
      box.showModal();
    } catch {
      location.href = link.href;
    }
  });
}

openWhy();
void new Follower(contest, show, (connection) => showConnection(words, connection)).run();
