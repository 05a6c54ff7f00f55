// The figures on the page. A text is set only when it has changed, so that a quiet second costs nothing.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const value = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4, useGrouping: false });

export const asValue = (number) => value.format(number);

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
  if (latency === null) return;
  say('latency', `${whole.format(latency.ms)} ms`);
  say('latency-note', latency.skewed ? 'above the least; clocks differ' : 'from server to page');
}
