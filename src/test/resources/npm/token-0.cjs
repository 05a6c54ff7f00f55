// Prints a token for version 0.x of the protocol, created by npm's jsonwebtoken.
// node token-0.cjs <key> <action,action> <topic selector>...
const jwt = require('jsonwebtoken');

const [key, actions, ...topics] = process.argv.slice(2);
const mercure = Object.fromEntries(actions.split(',').map(action => [action, topics]));
process.stdout.write(jwt.sign({mercure}, key));
