// Parses the data of events: numbers, gaps, heartbeats. Any other data is text.

/** Limits of the values and times that the chart can draw. A publisher may send any others. */
const MAX_VALUE = 1e15;
const MAX_TIME = Date.UTC(2100);

const isValue = (value) => Number.isFinite(value) && Math.abs(value) <= MAX_VALUE;
const isTime = (timestamp) => Number.isFinite(timestamp) && timestamp >= 0 && timestamp < MAX_TIME;

/** @returns {{kind: 'number' | 'raw', timestamp?: number, value?: number, text: string}} */
export function parseEvent(data) {
  try {
    const { timestamp, value } = JSON.parse(data);
    if (isValue(value)) return { kind: 'number', timestamp: isTime(timestamp) ? timestamp : undefined, value, text: data };
  } catch {
    // Not JSON: shown unchanged.
  }
  return { kind: 'raw', text: data };
}

/** Returns the ids of a gap event: the id that the page requested, and the id after which the stream continues. */
export function parseGap(data) {
  try {
    const { requested, resumed } = JSON.parse(data);
    return { requested: String(requested), resumed: String(resumed) };
  } catch {
    return { requested: 'unknown', resumed: '' };
  }
}

/** Returns the milliseconds until the next heartbeat, or null if this is an event of a publisher. */
export function parseHeartbeat(data) {
  const [, milliseconds] = /^{"milliseconds":(\d{1,12})}$/.exec(data) ?? [];
  return milliseconds === undefined ? null : Number(milliseconds);
}
