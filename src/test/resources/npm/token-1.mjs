// Prints a token for version 1.0 of the protocol, created by npm's jose.
// node token-1.mjs <key> <issuer> <audience> <action,action> <match=topic or match_urlpattern=pattern>...
import {randomUUID} from 'node:crypto';
import {SignJWT} from 'jose';

const [key, issuer, audience, actions, ...pairs] = process.argv.slice(2);
const topics = pairs.map(pair => {
  const [, name, match] = /^([^=]*)=(.*)$/s.exec(pair);
  return name === 'match' ? {match} : {match, match_type: 'urlpattern'};
});
const token = await new SignJWT({
  client_id: 'tests',
  authorization_details: [
    {
      type: 'https://mercure.rocks/authorization-detail',
      actions: actions.split(','),
      topics
    }
  ]
})
  .setProtectedHeader({alg: 'HS256', typ: 'at+jwt'})
  .setIssuer(issuer)
  .setAudience(audience)
  .setSubject('someone')
  .setIssuedAt()
  .setExpirationTime('1h')
  .setJti(randomUUID())
  .sign(new TextEncoder().encode(key));
process.stdout.write(token);
