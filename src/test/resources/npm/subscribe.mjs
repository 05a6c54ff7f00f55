// Subscribes with npm's eventsource, and prints one line for each event.
// node subscribe.mjs <hub> <token, or nothing> <name=value of the query, or listen=type>...
import {EventSource} from 'eventsource';

const [hub, token, ...pairs] = process.argv.slice(2);
const url = new URL(hub);
const types = ['message'];
for (const pair of pairs) {
  const [, name, value] = /^([^=]*)=(.*)$/s.exec(pair);
  if (name === 'listen') types.push(value);
  else url.searchParams.append(name, value);
}

const authorized = (input, init) =>
  fetch(input, {...init, headers: {...init.headers, Authorization: `Bearer ${token}`}});
const stream = new EventSource(url, token ? {fetch: authorized} : {});
const print = line => process.stdout.write(JSON.stringify(line) + '\n');

// eventsource does not keep the process alive while it waits to reconnect.
setInterval(() => {}, 60_000);

stream.onopen = () => print(['open']);
stream.onerror = error => print(['error', String(error.code ?? '')]);
for (const type of types) {
  stream.addEventListener(type, event => print([event.type, event.lastEventId, event.data]));
}
