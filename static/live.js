// @ts-check
/**
 * Follows a contest's board: by websocket, and by asking again and again when sockets fail. Knows nothing of pages.
 *
 * @typedef {{ name?: string, number?: number }} Who
 * @typedef {Who & { key: string, rank: number | null, unit?: string, total: string | null,
 *   stages: (string | null)[], status: string, 'decided-by'?: string, 'outside-quota'?: boolean, vetoed?: boolean }} Row
 *
 * @typedef {{ key: string, of: 'entrants' | 'unit-entrants' | 'teams' | 'units', title: string,
 *   columns: { id: string, title: string }[], rows: Row[], count: number }} Table
 * @typedef {{ phase: string, 'frozen-at-ms': number | null, hidden: boolean, 'on-stage': Who | null,
 *   next: Who | null, reveal: number | null }} Notice
 * @typedef {{ key: string, title: string, people: number, holder?: Who, 'since-ms'?: number, defences: number,
 *   look: string }} Ladder
 * @typedef {{ contest: string, title: string, notice: Notice, tables: Table[], ladders?: Ladder[] }} Board
 * @typedef {Row & { was: number | null }} RowChange
 * @typedef {{ key: string, count: number, rows: RowChange[], gone?: string[], order?: string[] }} TableChange
 * @typedef {{ notice: Notice, tables: TableChange[], ladders?: Ladder[] }} Changes
 * @typedef {'connecting' | 'live' | 'polling' | 'offline'} Connection
 */

const POLL_MS = 2000;
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 30_000;
/** Sockets that never opened before the page takes to asking; some networks let none through. */
const FAILURES_MAX = 3;

/** @param {number} ms @returns {Promise<void>} */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The newer board of the older one.
 * @param {Board} old
 * @param {Changes} changes
 * @returns {Board}
 */
export function apply(old, changes) {
  const tables = old.tables.map((table) => {
    const change = changes.tables.find(({ key }) => key === table.key);
    if (!change) return table;
    const rows = new Map(table.rows.map((row) => [row.key, row]));
    for (const key of change.gone ?? []) rows.delete(key);
    for (const { was: _, ...row } of change.rows) rows.set(row.key, row);
    const order = change.order ?? table.rows.map(({ key }) => key);
    return { ...table, count: change.count, rows: order.flatMap((key) => rows.get(key) ?? []) };
  });
  return { ...old, notice: changes.notice, tables, ladders: changes.ladders ?? old.ladders };
}

export class Follower {
  /** @type {Board | undefined} */
  #board;
  /** @type {string | undefined} */
  #version;
  #failures = 0;

  /**
   * @param {string} contest
   * @param {(board: Board, changes: Changes | undefined) => void} onBoard
   * @param {(connection: Connection) => void} onConnection
   */
  constructor(contest, onBoard, onConnection) {
    this.contest = contest;
    this.onBoard = onBoard;
    this.onConnection = onConnection;
  }

  /** Never returns: a board is followed as long as its page is open. */
  async run() {
    this.onConnection('connecting');
    for (;;) {
      const opened = await this.#socket();
      this.#failures = opened ? 0 : this.#failures + 1;
      if (this.#failures >= FAILURES_MAX) await this.#poll();
      else {
        this.onConnection('offline');
        await wait(this.#pause());
      }
    }
  }

  /** Doubles with each failure; the jitter keeps two thousand phones from knocking in one moment. */
  #pause() {
    const most = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** (this.#failures + 1));
    return RETRY_FIRST_MS + Math.random() * most;
  }

  /** @returns {Promise<boolean>} whether it ever opened */
  #socket() {
    const after = this.#version ? `?after=${encodeURIComponent(this.#version)}` : '';
    const url = new URL(`/ws/contests/${encodeURIComponent(this.contest)}/board${after}`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    return new Promise((resolve) => {
      let heard = false;
      const socket = new WebSocket(url);
      socket.onmessage = ({ data }) => {
        heard = true;
        this.onConnection('live');
        if (!this.#take(JSON.parse(data))) socket.close();
      };
      socket.onclose = () => resolve(heard);
    });
  }

  /** @param {any} frame @returns {boolean} whether it fits what is here */
  #take(frame) {
    if (frame.type === 'snapshot') {
      this.#version = frame.version;
      this.#board = frame.board;
      this.onBoard(frame.board, undefined);
    } else if (frame.type === 'changes') {
      if (!this.#board || frame.after !== this.#version) {
        this.#version = undefined;
        return false;
      }
      this.#version = frame.version;
      this.#board = apply(this.#board, frame);
      this.onBoard(this.#board, frame);
    }
    return true;
  }

  /** Asks for the snapshot until it is time to try a socket again. */
  async #poll() {
    const until = Date.now() + RETRY_MOST_MS;
    while (Date.now() < until) {
      try {
        const response = await fetch(`/contests/${encodeURIComponent(this.contest)}/board.json`, { cache: 'no-cache' });
        if (!response.ok) throw new Error(response.statusText);
        const frame = await response.json();
        this.onConnection('polling');
        if (frame.version !== this.#version) this.#take(frame);
      } catch {
        this.onConnection('offline');
      }
      await wait(POLL_MS + Math.random() * POLL_MS);
    }
  }
}
