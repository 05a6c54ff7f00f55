// Publishes one event by the Mercure protocol, and describes the response. Does not use the DOM.

import { readDetail } from './problem.js';

const TIMEOUT_MS = 15_000;
const MAX_TEXT = 300;

/**
 * @param event `topic` and `data`, optionally `type` and `private`
 * @param token the access token, or an empty string. Cookies are never sent, so that no other credentials apply.
 * @returns {Promise<{ok: boolean, status: number, text: string}>} the id of the event, or the reason of the failure
 */
export async function publish({ topic, data, type, private: isPrivate }, token, base = document.baseURI) {
  const body = new URLSearchParams({ topic, data });
  if (type) body.set('type', type);
  if (isPrivate) body.set('private', 'on');
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const address = new URL('.well-known/mercure', base);
    const request = { method: 'POST', headers, body, credentials: 'omit', signal: controller.signal };
    return await describeResponse(await fetch(address, request));
  } catch {
    return { ok: false, status: 0, text: describeFailure(controller.signal.aborted) };
  } finally {
    clearTimeout(timer);
  }
}

async function describeResponse(response) {
  const text = (await response.text()).trim();
  const { status } = response;
  if (status === 200) return { ok: true, status, text: clip(text) };
  const reason = clip(readDetail(response, text)) || `The server responded with ${status} and no reason.`;
  return { ok: false, status, text: reason };
}

function describeFailure(timedOut) {
  const cause = timedOut
    ? `The server did not respond within ${TIMEOUT_MS / 1_000} seconds.`
    : 'The server cannot be reached, or closed the connection.';
  return `${cause} The event may have been published.`;
}

const clip = (text) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
