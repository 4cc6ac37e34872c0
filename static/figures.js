// A grid of figures: what is pasted from a spreadsheet fills the cells from the focused one on, what does not fit is
// marked with its place and remedy before anything is sent. Without this file the grid is a plain form.

/** @type {HTMLFormElement | null} */
const form = document.querySelector('form.figures');

const LISTED_MOST = 20;
const NOT_APPLICABLE = ['不适用', 'n/a', 'na', '不考核', '—', '——', '缺项'];
const NUMBER = /^[-+]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?$/;

/** @param {string} text as typed or pasted: full-width digits become plain ones */
const plain = text => text.normalize('NFKC').trim();

/** @param {string} template @param {string} name @param {string | number} value */
const filled = (template, name, value) => template.replace(`{${name}}`, String(value));

if (form) {
  const inputs = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('.sheet input[type=text]')]);
  const told = /** @type {HTMLElement | null} */ (form.querySelector('.told'));
  const count = form.querySelector('.edited');
  const words = form.dataset;
  let sending = false;

  /** @param {HTMLInputElement} input */
  const was = input => /** @type {HTMLInputElement} */ (input.previousElementSibling).value;

  /** @param {HTMLInputElement} input what stands in its way, or nothing */
  const wrong = input => {
    let text = plain(input.value);
    if (text === '' || input.value.trim() === was(input)) return '';
    if (NOT_APPLICABLE.includes(text.toLowerCase())) {
      return input.dataset.kind === 'target' ? words.wrongNumber ?? '' : '';
    }
    if ('percent' in input.dataset) text = text.replace(/\s*%$/, '');
    if (!NUMBER.test(text)) return (input.dataset.kind === 'count' ? words.wrongCount : words.wrongNumber) ?? '';
    const number = Number(text.replaceAll(',', ''));
    if (input.dataset.kind === 'count' && (number < 0 || !Number.isInteger(number))) return words.wrongCount ?? '';
    const full = input.dataset.full;
    if (full !== undefined && (number < 0 || number > Number(full))) return filled(words.wrongSheet ?? '', 'full', full);
    return '';
  };

  /** @param {HTMLInputElement} input */
  const mark = input => {
    const problem = wrong(input);
    input.toggleAttribute('data-edited', input.value.trim() !== was(input));
    input.toggleAttribute('data-not-applicable', NOT_APPLICABLE.includes(plain(input.value).toLowerCase()));
    if (problem) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    input.title = problem;
    return problem;
  };

  const tally = () => {
    const edited = inputs().filter(input => input.hasAttribute('data-edited')).length;
    if (count) count.textContent = edited && words.edited ? filled(words.edited, 'count', edited) : '';
    return edited;
  };

  /** @param {string[]} lines @param {string} title @param {HTMLInputElement[]} cells @param {'bad' | 'good'} tone */
  const tell = (title, lines, cells, tone) => {
    if (!told) return;
    const head = document.createElement('strong');
    head.textContent = title;
    const list = document.createElement('ul');
    lines.slice(0, LISTED_MOST).forEach((line, at) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = '#';
      link.textContent = line;
      link.addEventListener('click', event => {
        event.preventDefault();
        cells[at]?.focus();
      });
      item.append(link);
      list.append(item);
    });
    told.dataset.tone = tone;
    told.replaceChildren(head, list);
    told.hidden = title === '';
  };

  /** @returns {boolean} whether everything fits */
  const look = () => {
    const cells = inputs().filter(input => mark(input) !== '');
    const lines = cells.map(input => `${input.getAttribute('aria-label')}: “${input.value}” ${input.title}`);
    tell(cells.length ? words.wrongTitle ?? '' : '', lines, cells, 'bad');
    tally();
    return cells.length === 0;
  };

  /** Rows of cells, as spreadsheets put them on the clipboard: tabs between cells, quotes around those with lines.
   * @param {string} text */
  const rows = text => {
    /** @type {string[][]} */
    const all = [[]];
    let cell = '';
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (quoted) {
        if (letter === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
        else if (letter === '"') quoted = false;
        else cell += letter;
      } else if (letter === '"' && cell === '') quoted = true;
      else if (letter === '\t') { all.at(-1)?.push(cell); cell = ''; }
      else if (letter === '\n') { all.at(-1)?.push(cell); cell = ''; all.push([]); }
      else if (letter !== '\r') cell += letter;
    }
    all.at(-1)?.push(cell);
    // A spreadsheet ends its last row too.
    if (all.length > 1 && all.at(-1)?.length === 1 && all.at(-1)?.[0] === '') all.pop();
    return all;
  };

  form.addEventListener('paste', event => {
    const from = /** @type {HTMLElement} */ (event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const row = from.closest('tr');
    const column = Number(from.closest('td')?.dataset.column);
    if (!row || Number.isNaN(column) || !/[\t\n]/.test(text.trimEnd()) ) return;
    event.preventDefault();
    const lines = [...form.querySelectorAll('.sheet tbody tr:not(.group)')];
    const first = lines.indexOf(row);
    let placed = 0;
    let beyond = 0;
    rows(text).forEach((cells, down) => cells.forEach((value, across) => {
      const cell = lines[first + down]?.querySelector(`td[data-column="${column + across}"]`);
      const input = /** @type {HTMLInputElement | null} */ (cell?.querySelector('input[type=text]') ?? null);
      const shown = /** @type {HTMLElement | null} */ (cell?.querySelector('.text') ?? null);
      // An empty cell of the spreadsheet says nothing.
      if (value.trim() === '') return;
      if (input) { input.value = value.trim(); placed += 1; }
      else if (plain(shown?.dataset.text ?? '') !== plain(value)) beyond += 1;
    }));
    const fits = look();
    if (fits) {
      const sentences = [placed && words.pasted ? filled(words.pasted, 'count', placed) : ''];
      if (beyond && words.beyond) sentences.push(filled(words.beyond, 'count', beyond));
      tell(sentences.join(' ').trim(), [], [], beyond ? 'bad' : 'good');
    }
  });

  form.addEventListener('input', event => {
    if (event.target instanceof HTMLInputElement && event.target.closest('.sheet')) {
      mark(event.target);
      tally();
    }
  });

  // Up and down as in a spreadsheet; Enter goes on below and does not send.
  form.addEventListener('keydown', event => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.closest('.sheet')) return;
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : 0;
    if (step === 0 || event.altKey) return;
    event.preventDefault();
    const column = input.closest('td')?.dataset.column;
    const same = inputs().filter(other => other.closest('td')?.dataset.column === column);
    const next = same[same.indexOf(input) + step];
    next?.focus();
    next?.select();
  });

  form.addEventListener('submit', event => {
    if (look()) {
      sending = true;
      // Only what was edited is sent; with a check also what the reader saw of figures that wait for it.
      const checks = event.submitter instanceof HTMLButtonElement && event.submitter.value === 'check';
      inputs().filter(input => !input.hasAttribute('data-edited')).forEach(input => {
        input.disabled = true;
        const seen = checks && input.closest('td')?.dataset.standing === 'reported';
        /** @type {HTMLInputElement} */ (input.previousElementSibling).disabled = !seen;
      });
    } else {
      event.preventDefault();
      told?.scrollIntoView({ block: 'center' });
    }
  });

  // Back again, the form is whole.
  window.addEventListener('pageshow', () => {
    sending = false;
    form.querySelectorAll('input:disabled').forEach(input => input.removeAttribute('disabled'));
  });

  window.addEventListener('beforeunload', event => {
    if (!sending && tally() > 0) event.preventDefault();
  });

  look();
}

export {};
