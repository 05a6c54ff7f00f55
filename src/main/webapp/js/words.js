// Describes the state of the connection: a headline and a detail. The detail may change every second. The headline changes
// only with the state, because screen readers announce it.

import { duration, timeOfDay } from './time.js';

const SILENT_MS = 5_000;

const WAITING =
  'Five other tabs have a stream of this server open, and over HTTP/1.1 a browser opens at most six connections to a ' +
  'server. Close one of these tabs to open the stream here.';

const LOSSES = {
  lost: ['Connection lost, reconnecting', 'The server closed the connection or cannot be reached.'],
  // A full server sends an empty stream with a retry time, since an EventSource never reconnects after an error status.
  full: ['The server is full, waiting', 'It has reached its limit of streams, and has set the time of the next attempt.'],
  refused: ['Refused, reconnecting', 'The server responded, but not with a stream.'],
  dropped: ['Connection dropped, reconnecting', 'The server will replay the events of the meantime.'],
  silent: ['Connection silent, reconnecting', 'Two heartbeats are missing on the open connection.'],
};

/** @returns {{tone: string, headline: string, detail: string}} */
export function describe({ state, opens, steady, refusal }, online, now) {
  const offline = online ? '' : 'This device is offline. ';
  switch (state.phase) {
    case 'connecting':
      return { tone: 'waiting', headline: 'Connecting', detail: `${offline}Opening the stream.` };
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
    const detail = `${offline}No event for ${duration(silence)}.`;
    return { tone: 'waiting', headline: 'Live, but silent', detail };
  }
  const network = offline && ', but the browser reports no network';
  return { tone: 'live', headline: 'Live', detail: `Connected for ${duration(now - state.since)}${network}.` };
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
