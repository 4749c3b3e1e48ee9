// An identity provider that shares no code with the broker: oidc-provider (discovery, JWKS, token endpoint) and jose.
//
// It says 'issuer URL' when it listens. Then it obeys lines on stdin, each answered by one line, and ends with stdin:
//   algorithm ALG   of the tokens that the token endpoint gives from now on
//   rotate          new keys sign; the ones before stay published
//   retire          the ones before are published no longer
//   down            nobody listens
//   up              somebody does again, at the same address
//   sign JSON       answers a token that jose makes: {form, key, header, claims}; key and kid are kinds, as in KINDS
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import * as jose from 'jose';
import { Provider } from 'oidc-provider';

// The libraries want Node.js 22; these two are all that they miss in 18, which Debian 12 has.
globalThis.crypto ??= webcrypto;
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

const LIFETIME_SECONDS = 600;
const CLIENTS = { alice: 'phone', bob: 'phone', carol: undefined };
const KINDS = { ES256: 'ES256', RSA: 'RS256', EdDSA: 'EdDSA', ES384: 'ES384' };

let algorithm = 'ES256';
let generation = 0;
let current = [];
let before = [];
let answer;

async function newKeys() {
  generation += 1;
  return Promise.all(Object.entries(KINDS).map(async ([kind, alg]) => {
    const { privateKey } = await jose.generateKeyPair(alg, { extractable: true });
    return { ...(await jose.exportJWK(privateKey)), kid: `${kind}-${generation}`, use: 'sig' };
  }));
}

/** A provider is made with its keys, so other keys need another one behind the same address. */
function provide(issuer) {
  const provider = new Provider(issuer, {
    jwks: { keys: [...current, ...before] },
    clients: Object.entries(CLIENTS).map(([id, device]) => ({
      client_id: id,
      client_secret: `secret-of-${id}`,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      device_id: device,
    })),
    extraClientMetadata: { properties: ['device_id'] },
    extraTokenClaims: (ctx, token) => ({ device_id: token.client.device_id }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'chat',
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: LIFETIME_SECONDS,
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
  });
  provider.on('server_error', (ctx, error) => process.stderr.write(`${error.stack}\n`));
  answer = provider.callback();
}

/** A token that the provider itself would not make, with its present key of that kind unless the form says otherwise. */
async function sign({ form, key, header, claims }) {
  if (form === 'unsecured') {
    return new jose.UnsecuredJWT(claims).encode();
  }
  const own = current.find((each) => each.kid === `${key}-${generation}`);
  const protectedHeader = { ...header, kid: `${header.kid ?? key}-${generation}` };
  const token = new jose.SignJWT(claims).setProtectedHeader(protectedHeader);
  if (form === 'public key as secret') {
    const { d, ...open } = own;
    const pem = await jose.exportSPKI(await jose.importJWK(open, key, { extractable: true }));
    return token.sign(new TextEncoder().encode(pem));
  }
  if (form === 'key of another') {
    const { publicKey, privateKey } = await jose.generateKeyPair(header.alg, { extractable: true });
    if (header.jwk) {
      Object.assign(protectedHeader.jwk, await jose.exportJWK(publicKey));
    }
    return token.sign(privateKey);
  }
  const understood = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
  return token.sign(await jose.importJWK(own, header.alg), { crit: understood });
}

const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const issuer = `http://127.0.0.1:${port}`;

const obey = {
  algorithm: (name) => { algorithm = name; },
  async rotate() {
    before = current;
    current = await newKeys();
    provide(issuer);
  },
  retire() {
    before = [];
    provide(issuer);
  },
  async down() {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  },
  async up() {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  },
  sign: (json) => sign(JSON.parse(json)),
};

current = await newKeys();
provide(issuer);
process.stdout.write(`issuer ${issuer}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const [, command, rest] = /^(\S+) ?(.*)$/.exec(line);
  try {
    process.stdout.write(`${(await obey[command](rest)) ?? 'done'}\n`);
  } catch (error) {
    process.stdout.write(`failed: ${error}\n`);
  }
}
process.exit(0);
