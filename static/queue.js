// @ts-check
/**
 * The judge's outbox. A mark is written here before it is sent, and stays until the server has answered.
 *
 * An operation is *here* (on this device), then *received* (the server answered with a receipt) or *refused*
 * (the server said no, with a reason). Operations leave in the order in which they were made, one at a time; a lost
 * connection only delays them. Each belongs to one person, so that the next judge on the same tablet sends
 * nothing of the last one's. Knows nothing of pages.
 */

/**
 * @typedef {object} Operation
 * @property {string} id random, the server applies each id once
 * @property {number} count per device, in order
 * @property {string} who person id
 * @property {string} contest
 * @property {string} url
 * @property {Record<string, unknown>} body
 * @property {string} slot what the operation is about; a later one supersedes an earlier one on screen
 * @property {'here' | 'received' | 'refused'} state
 * @property {string} [reason]
 * @property {number} made_ms
 */

const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const KEEP_RECEIVED = 5000;

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('leitai-outbox', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('operations', { keyPath: 'count', autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {number} bytes */
function random(bytes) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('');
}

export class Outbox extends EventTarget {
  /** @type {IDBDatabase} */ #db;
  #who;
  #contest;
  #busy = false;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {'online' | 'offline' | 'signed-out'} */ connection = 'online';

  /**
   * @param {string} who
   * @param {string} contest
   */
  static async open(who, contest) {
    return new Outbox(await open(), who, contest);
  }

  /**
   * @param {IDBDatabase} db
   * @param {string} who
   * @param {string} contest
   */
  constructor(db, who, contest) {
    super();
    this.#db = db;
    this.#who = who;
    this.#contest = contest;
    addEventListener('online', () => this.drain());
    addEventListener('offline', () => this.#connected('offline'));
    document.addEventListener('visibilitychange', () => document.hidden || this.drain());
  }

  /**
   * Writes an operation down, then sends what is waiting.
   * @param {string} path below `/api/v1/contests/ID/`, without the operation id
   * @param {string} slot
   * @param {Record<string, unknown>} body
   */
  async add(path, slot, body) {
    const id = random(16);
    const operation = {
      id,
      who: this.#who,
      contest: this.#contest,
      url: `/api/v1/contests/${encodeURIComponent(this.#contest)}/${path}/${id}`,
      slot,
      body,
      state: 'here',
      made_ms: Date.now(),
    };
    const store = this.#db.transaction('operations', 'readwrite', { durability: 'strict' }).objectStore('operations');
    await done(store.add(operation));
    this.#changed();
    void this.drain();
  }

  /** Mine in this contest, in order. @returns {Promise<Operation[]>} */
  async all() {
    const store = this.#db.transaction('operations').objectStore('operations');
    const all = await done(store.getAll());
    return all.filter((operation) => operation.who === this.#who && operation.contest === this.#contest);
  }

  async waiting() {
    return (await this.all()).filter((operation) => operation.state === 'here');
  }

  /** Sends what waits, in order, until it is empty or the connection fails. */
  async drain() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (;;) {
        const [next] = await this.waiting();
        if (!next) break;
        if (!(await this.#send(next))) return;
      }
      await this.#tidy();
    } finally {
      this.#busy = false;
    }
    // A mark made between the last look and here found the queue busy.
    if ((await this.waiting()).length) void this.drain();
  }

  /** @param {Operation} operation @returns {Promise<boolean>} whether to go on */
  async #send(operation) {
    let response;
    try {
      response = await fetch(operation.url, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ ...operation.body, count: operation.count }),
        signal: AbortSignal.timeout(10_000),
      });
    } catch {
      return this.#later('offline');
    }
    if (response.status === 401) return this.#later('signed-out');
    if (response.status >= 500 || response.status === 429) return this.#later('offline');
    const answer = await response.json().catch(() => ({}));
    operation.state = response.ok ? 'received' : 'refused';
    operation.reason = response.ok ? undefined : [answer.message, answer.remedy].filter(Boolean).join(' ');
    const store = this.#db.transaction('operations', 'readwrite').objectStore('operations');
    await done(store.put(operation));
    this.#failures = 0;
    this.#connected('online');
    this.#changed();
    return true;
  }

  /** @param {'offline' | 'signed-out'} connection */
  #later(connection) {
    this.#connected(connection);
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.drain(), wait * (0.75 + Math.random() / 2));
    return false;
  }

  /** What the server has is kept for a while, so that it can be offered again; the oldest go first. */
  async #tidy() {
    const received = (await this.all()).filter((operation) => operation.state === 'received');
    if (received.length <= KEEP_RECEIVED) return;
    const store = this.#db.transaction('operations', 'readwrite').objectStore('operations');
    for (const old of received.slice(0, received.length - KEEP_RECEIVED)) store.delete(old.count);
  }

  /** @param {'online' | 'offline' | 'signed-out'} connection */
  #connected(connection) {
    if (this.connection === connection) return;
    this.connection = connection;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
