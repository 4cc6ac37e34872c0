// @ts-check
/**
 * The screen of a hall: as many rows as fit, page after page, table after table; a page that nobody touches all
 * day, so it also finds its way back by itself.
 * @import { Board, Changes, Row, Table } from './live.js'
 */

import { Follower } from './live.js';
import { Words, arrange, element, mark, showConnection, showNotice } from './rows.js';

const root = /** @type {HTMLElement} */ (document.getElementById('screen'));
const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const words = new Words(root);
/** How long a page stands: long enough to read ten rows twice. */
const PAGE_MS = 12_000;
const ROWS_MOST = 10;
const ROWS_LEAST = 3;

/** @type {Board | undefined} */
let board;
let at = 0;
let pages = 1;

function rowsThatFit() {
  const line = document.querySelector('#standings li');
  const height = line instanceof HTMLElement ? line.offsetHeight + parseFloat(getComputedStyle(line).marginBottom) : innerHeight * 0.066;
  const title = document.getElementById('table-title');
  const above = title ? title.offsetHeight + parseFloat(getComputedStyle(title).marginBottom) : 0;
  return Math.max(ROWS_LEAST, Math.min(ROWS_MOST, Math.floor((main.clientHeight - above) / height)));
}

/** Every page there is: a table and the rows of it. @param {Board} board @param {number} fit */
function allPages(board, fit) {
  return board.tables.flatMap((table) => {
    const count = Math.ceil(table.rows.length / fit);
    return Array.from({ length: count }, (_, page) => ({ table, rows: table.rows.slice(page * fit, (page + 1) * fit) }));
  });
}

/** @param {Row} row @param {HTMLElement | undefined} old */
function li(row, old) {
  const line = old ?? document.createElement('li');
  const who = element('span', 'who', words.label(row));
  if (row.unit) who.append(element('small', '', row.unit));
  const total = row.total ?? (row.status === 'ranked' ? '–' : words.say(row.status));
  line.replaceChildren(element('span', 'rank', row.rank == null ? '–' : String(row.rank)), who, element('span', 'total', total));
  line.dataset.key = row.key;
  line.dataset.rank = String(row.rank ?? '');
  return line;
}

/** @param {Table} table */
function title(table) {
  const teams = table.of === 'teams' ? words.say('teams') : '';
  return [table.title || (teams ? '' : words.say(table.of === 'unit-entrants' ? 'all-units' : 'all')), teams].filter(Boolean).join(' · ');
}

function draw() {
  const list = document.getElementById('standings');
  if (!board || !list) return;
  const all = allPages(board, rowsThatFit());
  pages = Math.max(1, all.length);
  at %= pages;
  const page = all[at];
  if (!page) return;
  const heading = document.getElementById('table-title');
  if (heading) heading.textContent = title(page.table);
  const old = new Map([...list.querySelectorAll('li')].map((line) => [line.dataset.key, line]));
  arrange(list, page.rows.map((row) => li(row, old.get(row.key))));
  const place = document.getElementById('page');
  if (place) place.textContent = pages > 1 ? words.say('page', { page: at + 1, pages }) : '';
}

/** @param {Board} newest @param {Changes | undefined} changes */
function show(newest, changes) {
  board = newest;
  showNotice(words, board.notice);
  const shows = !board.notice.hidden && board.tables.some(({ rows }) => rows.length > 0);
  if (shows !== (document.getElementById('standings') !== null)) location.reload();
  draw();
  for (const { key, was, rank } of changes?.tables.flatMap(({ rows }) => rows) ?? []) {
    const line = [...document.querySelectorAll('#standings li')].find((li) => li instanceof HTMLElement && li.dataset.key === key);
    if (line instanceof HTMLElement) mark(line, was, rank);
  }
}

setInterval(() => {
  at = (at + 1) % pages;
  draw();
}, PAGE_MS);
addEventListener('resize', draw);
addEventListener('keydown', ({ key }) => {
  const by = { ArrowRight: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, PageUp: -1 }[key];
  if (!by) return;
  at = (at + by + pages) % pages;
  draw();
});
void new Follower(root.dataset.contest ?? '', show, (connection) => showConnection(words, connection)).run();
