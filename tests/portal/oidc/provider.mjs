// An OpenID provider for tests (panva's oidc-provider, certified): one client, any subject signs
// in. Listens on a free loopback port and says on stdout, in one line, where it is.
//
// usage: node provider.mjs '{"client_id", "client_secret", "redirect_uris", "post_logout_redirect_uris"}'
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const client = JSON.parse(process.argv[2]);
const server = createServer();

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'first' };
  const provider = new Provider(issuer, {
    clients: [{ ...client, response_types: ['code'], grant_types: ['authorization_code'] }],
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    jwks: { keys: [key] },
    pkce: { required: () => true },
    ttl: { Session: 600, Grant: 600, Interaction: 600, AuthorizationCode: 60, IdToken: 600 },
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});

// Whoever started this may die without a word; then nobody reads stdin's other end any more.
process.stdin.on('end', () => process.exit(0)).resume();
