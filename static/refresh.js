// @ts-check
/**
 * Keeps server-rendered parts of a page fresh: an element with `data-refresh` is fetched again from this page's
 * address and replaced when it changed. What somebody is typing in, or has opened, is left alone.
 */

const EVERY_MS = 2500;

/** @param {Element} part */
export function inUse(part) {
  const active = document.activeElement;
  const typing = active instanceof HTMLElement && active.matches('input, textarea, select') && part.contains(active);
  return typing || part.querySelector('dialog[open], details.dialog[open], details[data-keep][open]') !== null;
}

/** @param {string | undefined} tag */
async function refresh(tag) {
  const headers = tag ? { 'If-None-Match': tag } : undefined;
  const response = await fetch(location.href, { headers, cache: 'no-store' });
  document.documentElement.toggleAttribute('data-stale', false);
  if (response.status === 304) return tag;
  if (!response.ok || response.redirected) return tag;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-refresh]')) {
    const fresh = page.getElementById(old.id);
    if (fresh && !inUse(old) && fresh.outerHTML !== old.getAttribute('data-was')) {
      const was = fresh.outerHTML;
      old.replaceWith(fresh);
      fresh.setAttribute('data-was', was);
    }
  }
  return response.headers.get('ETag') ?? undefined;
}

async function run() {
  /** @type {string | undefined} */
  let tag;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    if (document.hidden) continue;
    try {
      tag = await refresh(tag);
    } catch {
      document.documentElement.toggleAttribute('data-stale', true);
    }
  }
}

if (document.querySelector('[data-refresh]')) void run();
