// One event to the server, by the publishing of the Mercure protocol, and its answer in words. It knows no DOM.

import { detailOf } from './problem.js';

const PATIENCE_MS = 15_000;
const LONGEST_ANSWER = 300;

/**
 * @param event `topic`, `data`, and perhaps `type` and `private`
 * @param token sent if there is one; a cookie never is, so that publishing from here means what it says
 * @returns {Promise<{ok: boolean, status: number, text: string}>} the id, or what went wrong
 */
export async function publish({ topic, data, type, private: isPrivate }, token, base = document.baseURI) {
  const body = new URLSearchParams({ topic, data });
  if (type) body.set('type', type);
  if (isPrivate) body.set('private', 'on');
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    const address = new URL('.well-known/mercure', base);
    const request = { method: 'POST', headers, body, credentials: 'omit', signal: giveUp.signal };
    return await answer(await fetch(address, request));
  } catch {
    return { ok: false, status: 0, text: whyNone(giveUp.signal.aborted) };
  } finally {
    clearTimeout(timer);
  }
}

async function answer(response) {
  const text = (await response.text()).trim();
  const { status } = response;
  if (status === 200) return { ok: true, status, text: clipped(text) };
  return { ok: false, status, text: clipped(detailOf(response, text)) || `The server answered ${status} and not why.` };
}

function whyNone(timedOut) {
  const cause = timedOut ? 'The server has not answered in time.' : 'The server cannot be reached, or has hung up.';
  return `${cause} The event may or may not have been published.`;
}

const clipped = (text) => (text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text);
