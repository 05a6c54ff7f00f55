// An event of the stream as the page sees it: a number, or whatever else came, as it came.

/** Anyone may publish: beyond these, a chart or a calendar does not know what to do. */
const LARGEST = 1e15;
const LATEST = Date.UTC(2100);

const isValue = (value) => Number.isFinite(value) && Math.abs(value) <= LARGEST;
const isTime = (timestamp) => Number.isFinite(timestamp) && timestamp >= 0 && timestamp < LATEST;

/** @returns {{kind: 'number' | 'raw', timestamp?: number, value?: number, text: string}} */
export function read(data) {
  try {
    const { timestamp, value } = JSON.parse(data);
    if (isValue(value)) return { kind: 'number', timestamp: isTime(timestamp) ? timestamp : undefined, value, text: data };
  } catch {
    // Not JSON: shown as it is.
  }
  return { kind: 'raw', text: data };
}

/** What the server says of a gap, or nothing when it cannot be read. */
export function readGap(data) {
  try {
    const { requested, resumed } = JSON.parse(data);
    return { requested: String(requested), resumed: String(resumed) };
  } catch {
    return { requested: 'unknown', resumed: '' };
  }
}

/** The milliseconds until the next heartbeat, or null when this is no heartbeat of the server's. */
export function readBeat(data) {
  const [, milliseconds] = /^{"milliseconds":(\d{1,12})}$/.exec(data) ?? [];
  return milliseconds === undefined ? null : Number(milliseconds);
}
