// The figures on the page. A text is set only when it has changed, so that a quiet second costs nothing.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const value = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4, useGrouping: false });

const any = new Intl.NumberFormat('en', { maximumFractionDigits: 4, useGrouping: false });

/** The numbers of the feed, below one, all with as many digits, so that they do not jump. */
export const asValue = (number) => (Math.abs(number) < 1 ? value : any).format(number);

export function say(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}

export function showFigures(ledger, stream, latest, now) {
  say('value', latest === null ? '–' : asValue(latest));
  say('last-id', stream.lastId || '–');
  say('received', whole.format(ledger.received));
  say('rate', ledger.rate(now).toFixed(1));
  say('reconnects', whole.format(Math.max(0, stream.opens - 1)));
  say('gaps', whole.format(ledger.gaps));
  say('duplicates', whole.format(ledger.duplicates));
  showLatency(ledger.latency());
}

function showLatency(latency) {
  say('latency', latency === null ? '–' : `${whole.format(latency.ms)} ms`);
  say('latency-note', latency?.skewed ? 'above the least; clocks differ' : 'from server to page');
}
