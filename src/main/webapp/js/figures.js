// The figures on the page. An unchanged text is not set again, which saves work while no events arrive.

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fraction = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4, useGrouping: false });

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 4, useGrouping: false });

/** Returns a value as text. Values below 1, such as those of the feed, have 4 decimals, so that the width is constant. */
export const formatValue = (value) => (Math.abs(value) < 1 ? fraction : number).format(value);

export function setText(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}

export function showFigures(statistics, stream, latest, now) {
  setText('value', latest === null ? '–' : formatValue(latest));
  setText('last-id', stream.lastId || '–');
  setText('received', integer.format(statistics.received));
  setText('rate', statistics.rate(now).toFixed(1));
  setText('reconnects', integer.format(Math.max(0, stream.opens - 1)));
  setText('gaps', integer.format(statistics.gaps));
  setText('duplicates', integer.format(statistics.duplicates));
  showLatency(statistics.latency());
}

function showLatency(latency) {
  setText('latency', latency === null ? '–' : `${integer.format(latency.ms)} ms`);
  setText('latency-note', latency?.skewed ? 'above the minimum; clocks differ' : 'from server to page');
}
