// An event of the stream as the page sees it: a number, or whatever else came, as it came.

/** @returns {{kind: 'number' | 'raw', timestamp?: number, value?: number, text: string}} */
export function read(data) {
  try {
    const { timestamp, value } = JSON.parse(data);
    if (Number.isFinite(timestamp) && Number.isFinite(value)) return { kind: 'number', timestamp, value, text: data };
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
