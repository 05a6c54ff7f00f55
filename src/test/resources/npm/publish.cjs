// Publishes with npm's mercure, for an early version of the protocol, and prints the response.
// node publish.cjs <hub> <token> <name=value of the update>...
const {Publisher} = require('mercure');

const [hub, token, ...pairs] = process.argv.slice(2);
const url = new URL(hub);
const topics = [];
const options = {};
for (const pair of pairs) {
  const [, name, value] = /^([^=]*)=(.*)$/s.exec(pair);
  if (name === 'topic') topics.push(value);
  else options[name] = value;
}

const publisher = new Publisher({
  protocol: url.protocol.replace(':', ''),
  host: url.hostname,
  port: Number(url.port),
  path: url.pathname,
  jwt: token
});
publisher.publish(topics, options.data, options).then(
  id => process.stdout.write(id),
  error => {
    process.stdout.write(String(error));
    process.exitCode = 1;
  }
);
