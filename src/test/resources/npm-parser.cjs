// Prints the events that npm's eventsource reads from a stream, one JSON array a line.
// node npm-parser.cjs <eventsource.js> <address> <file with the types, in JSON>
const EventSource = require(process.argv[2]);
const types = JSON.parse(require('fs').readFileSync(process.argv[4], 'utf8'));
const stream = new EventSource(process.argv[3]);
let got = [];

function print() {
  process.stdout.write(JSON.stringify(got) + '\n');
  got = [];
}

function take(event) {
  if (event.data !== undefined) {
    got.push([event.lastEventId, event.type, event.data]);
    if (got.length === 1000) print();
  } else if (event.type === 'error') {
    stream.close();
    print();
  }
}

for (const type of types) stream.addEventListener(type, take);
