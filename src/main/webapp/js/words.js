// The state of the connection in words: a headline that changes only with the state, so that a screen reader is not
// told every second, and a detail that may tick.

import { duration, timeOfDay } from './time.js';

const SILENT_MS = 5_000;

const WAITING =
  'Five tabs hold a stream of this server, and over HTTP/1.1 a browser opens six connections to a server. ' +
  'Close one of them, and the stream opens here.';

const LOSSES = {
  lost: ['Connection lost, reconnecting', 'The server has gone away or cannot be reached.'],
  // An EventSource gives up for good unless it is answered by a stream: that one is empty, and says when to come back.
  full: ['The server is full, waiting', 'It has no room for another stream now, and has said when to come back.'],
  refused: ['Refused, reconnecting', 'The server answered, but not with a stream.'],
  dropped: ['Dropped on purpose, reconnecting', 'What is sent meanwhile will be replayed.'],
  silent: ['Gone silent, reconnecting', 'Nothing came any more over the open connection.'],
};

/** @returns {{tone: string, headline: string, detail: string}} */
export function inWords({ state, opens, steady, refusal }, online, now) {
  const offline = online ? '' : 'This device says that it is offline. ';
  switch (state.phase) {
    case 'connecting':
      return { tone: 'waiting', headline: 'Connecting', detail: `${offline}Asking the server for the stream.` };
    case 'waiting':
      return { tone: 'waiting', headline: 'Waiting for other tabs', detail: WAITING };
    case 'live':
      return live(state, steady, offline, now);
    case 'reconnecting':
      return reconnecting(state, opens > 0, refusal, offline, now);
    default:
      return { tone: 'waiting', headline: 'Closed', detail: 'The page has closed the stream.' };
  }
}

function live(state, steady, offline, now) {
  const silence = now - state.eventAt;
  if (steady && state.eventAt && silence > SILENT_MS) {
    const detail = `${offline}Nothing has come for ${duration(silence)}.`;
    return { tone: 'waiting', headline: 'Live, but silent', detail };
  }
  return { tone: 'live', headline: 'Live', detail: `${offline}Connected for ${duration(now - state.since)}.` };
}

function reconnecting(state, everOpen, refusal, offline, now) {
  const [headline, known] = LOSSES[state.reason];
  const cause = (state.reason === 'refused' && refusal) || known;
  const wait = state.retryAt - now;
  const next = state.retryAt && wait > 500 ? ` in ${duration(wait)}` : '';
  const since = `since ${timeOfDay(state.lostAt)}, for ${duration(now - state.lostAt)}`;
  return {
    tone: state.reason === 'dropped' ? 'waiting' : 'lost',
    headline: everOpen ? headline : headline.replace('Connection lost, re', 'No connection, '),
    detail: `${offline}${cause} Attempt ${state.attempt}${next}; disconnected ${since}.`,
  };
}
