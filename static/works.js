// @ts-check
/**
 * Handing in works (征集). Pictures are made small on this device; what is handed in is written down here first, with its
 * pictures, and sent when there is a network, once for each operation id. The page says whether a work is *here* or
 * *received*. Without this file the same page is a plain form.
 *
 * For old engines inside other programs: no worker, no private fields, nothing newer than ES2017 but the module.
 */

/**
 * @typedef {object} Kept a work that the server has not confirmed
 * @property {string} id the operation
 * @property {string} who contest and entrant, so that the next one on this phone sends nothing of the last one's
 * @property {string} api
 * @property {Record<string, string>} fields
 * @property {Blob[]} pictures
 * @property {number} made
 * @property {'here' | 'received' | 'refused'} state
 * @property {string} [note]
 * @property {string} [page]
 */

const SIDE_MAX = 1600;
const QUALITY = 0.82;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

const outbox = /** @type {HTMLElement} */ (document.getElementById('outbox'));
const who = outbox.getAttribute('data-outbox') || '';
const words = JSON.parse(outbox.getAttribute('data-words') || '{}');
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-work]'));

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.prototype.map.call(bytes, (/** @type {number} */ v) => ('0' + v.toString(16)).slice(-2)).join('');
}

/* What this device holds. */

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('leitai-works', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('works', { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const opened = open();

/**
 * @template T
 * @param {'readonly' | 'readwrite'} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
function run(mode, ask) {
  return opened.then(
    (db) =>
      new Promise((resolve, reject) => {
        const turn = db.transaction('works', mode);
        const request = ask(turn.objectStore('works'));
        turn.oncomplete = () => resolve(request.result);
        turn.onerror = () => reject(turn.error);
        turn.onabort = () => reject(turn.error);
      }),
  );
}

/** Mine, the oldest first. @returns {Promise<Kept[]>} */
function mine() {
  return run('readonly', (store) => store.getAll()).then((all) =>
    all.filter((kept) => kept.who === who).sort((one, other) => one.made - other.made),
  );
}

/** @param {Kept} kept */
function keep(kept) {
  return run('readwrite', (store) => store.put(kept));
}

/* Pictures. */

/** @param {File} file @returns {Promise<Blob>} a JPEG of at most SIDE_MAX, upright, without what the camera noted */
function small(file) {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => {
      const by = Math.min(1, SIDE_MAX / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.naturalWidth * by));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * by));
      const context = canvas.getContext('2d');
      if (!context) return reject(new Error('no canvas'));
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error('no picture'));
    };
    image.src = address;
  });
}

/* Sending. */

let busy = false;
let failures = 0;
/** @type {number | undefined} */
let timer;

function send() {
  if (busy) return;
  busy = true;
  window.clearTimeout(timer);
  mine()
    .then((all) => all.filter((kept) => kept.state === 'here')[0])
    .then((next) => {
      if (!next) {
        busy = false;
        return;
      }
      const body = new FormData();
      Object.keys(next.fields).forEach((name) => body.append(name, next.fields[name]));
      next.pictures.forEach((picture, at) => body.append('pictures', picture, at + '.jpg'));
      return fetch(next.api + next.id, {
        method: 'PUT',
        credentials: 'same-origin',
        headers: { Accept: 'application/json' },
        body,
      })
        .then((response) => response.json().then((said) => ({ response, said }), () => ({ response, said: {} })))
        .then(({ response, said }) => {
          busy = false;
          if (response.status === 401) return later(words['signed-out']);
          if (response.status >= 500 || response.status === 429) return later('');
          // Whoever else answers on the way (a network's log-in page, say) knows neither of a work nor of an error.
          const received = response.ok && typeof said.work === 'string';
          if (!received && (response.ok || typeof said.error !== 'string')) return later(words['not-ours']);
          next.state = received ? 'received' : 'refused';
          next.note = received ? '' : [said.message, said.remedy].filter(Boolean).join(' ');
          next.page = said.page;
          if (received) next.pictures = [];
          failures = 0;
          return keep(next).then(show).then(send);
        });
    })
    .catch(() => {
      busy = false;
      later('');
    });
}

/** @param {string} why */
function later(why) {
  show(why);
  const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
  failures += 1;
  timer = window.setTimeout(send, wait);
}

/** @param {string} id */
function forget(id) {
  return run('readwrite', (store) => store.delete(id));
}

/** What was refused is spent under its operation: another try is another one. @param {Kept} kept */
function again(kept) {
  return keep(Object.assign({}, kept, { id: random(), state: 'here' }))
    .then(() => forget(kept.id))
    .then(show)
    .then(send);
}

/** @param {'again' | 'forget'} what @param {() => unknown} does */
function act(what, does) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = words[what];
  button.addEventListener('click', does);
  return button;
}

/** @param {unknown} [why] */
function show(why) {
  return mine().then((all) => {
    outbox.textContent = '';
    all.forEach((kept) => {
      const line = document.createElement('p');
      line.className = 'notice';
      line.setAttribute('data-tone', kept.state === 'received' ? 'good' : kept.state === 'refused' ? 'bad' : 'wait');
      line.setAttribute('data-kept', kept.state);
      const name = kept.fields.title || kept.fields.place || (kept.fields.text || '').slice(0, 20);
      line.append(name + ' — ' + (kept.state === 'refused' ? kept.note || words.refused : words[kept.state]));
      if (kept.state === 'here' && typeof why === 'string' && why) line.append(' ' + why);
      if (kept.state === 'refused') {
        const said = document.createElement('span');
        said.textContent = ' ' + (kept.fields.text || '') + ' ';
        line.append(said, act('again', () => again(kept)));
        line.append(' ', act('forget', () => forget(kept.id).then(show)));
      }
      if (kept.page) {
        const link = document.createElement('a');
        link.href = kept.page;
        link.textContent = ' →';
        line.append(link);
      }
      outbox.append(line);
    });
    // Told once: what was received is on the list by the next visit. What was refused stays until somebody throws it away.
    return Promise.all(all.filter((kept) => kept.state === 'received').map((kept) => forget(kept.id)));
  });
}

/* The form. */

if (form) {
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type=file]'));
  const previews = form.querySelector('[data-previews]');
  /** @type {Promise<Blob>[]} */
  let chosen = [];
  if (input && previews) {
    input.addEventListener('change', () => {
      const most = Number(input.getAttribute('data-most'));
      const files = Array.prototype.slice.call(input.files || [], 0, most);
      previews.textContent = '';
      chosen = files.map(small);
      chosen.forEach((one) => {
        one.then(
          (blob) => {
            const picture = document.createElement('img');
            picture.src = URL.createObjectURL(blob);
            picture.alt = '';
            previews.append(picture);
          },
          () => {
            previews.append(words['no-picture']);
          },
        );
      });
    });
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
    button.disabled = true;
    /** @type {Record<string, string>} */
    const fields = {};
    Array.prototype.forEach.call(form.querySelectorAll('input[type=text], textarea'), (/** @type {HTMLInputElement} */ e) => {
      fields[e.name] = e.value;
    });
    Promise.all(chosen)
      .then((pictures) =>
        keep({ id: random(), who, api: form.getAttribute('data-api') || '', fields, pictures, made: Date.now(), state: 'here' }),
      )
      .then(() => {
        form.reset();
        chosen = [];
        if (previews) previews.textContent = '';
        button.disabled = false;
        return show();
      })
      .then(send)
      .catch(() => {
        // No place to keep it, or no picture: the browser sends the plain form.
        button.disabled = false;
        form.submit();
      });
  });
}

window.addEventListener('online', send);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) send();
});
mine().then((all) => {
  if (all.length) return show().then(send);
});

export {};
