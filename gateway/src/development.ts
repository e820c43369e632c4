import { createHash } from 'node:crypto';
import type { Logger } from '@gastronom/shared/logger';
import { type DevelopmentSecrets, deriveSecret } from '@gastronom/shared/secrets';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { demoOf, demoPersons, developmentToken } from './identity/development-token.ts';

const signIn = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { userId } }`;
const ensureOrganization = `mutation EnsureOrganization($input: EnsureOrganizationInput!) { ensureOrganization(input: $input) { id } }`;
const ensureKey = `mutation EnsureServiceKey($input: EnsureServiceKeyInput!) { ensureServiceKey(input: $input) { id } }`;

/** The API key of a development installation, the same at every start. */
export function developmentServiceKey(secrets: DevelopmentSecrets): string {
  const prefix = createHash('sha256').update(secrets.internalSecret).digest('hex').slice(0, 8);
  return `gk_${prefix}_${deriveSecret(secrets.internalSecret, 'development-service-key')}`;
}

/** Makes sure of the demo people, their organisations and the demo key. */
export async function ensureDemoIdentities(
  subgraphs: SubgraphDirectory,
  secrets: DevelopmentSecrets,
  logger: Logger,
): Promise<void> {
  const accounts = new SubgraphClient(subgraphs, 'gateway');
  const request = { requestId: 'start', logger };
  for (const person of demoPersons) {
    const { organization, ...identity } = demoOf(person);
    await accounts.call('accounts', { query: signIn, variables: { input: identity } }, request);
    if (!organization) continue;
    const { clerkOrganizationId, name, type } = organization;
    const place = { clerkOrganizationId, name, type, adminClerkUserId: identity.clerkUserId };
    await accounts.call('accounts', { query: ensureOrganization, variables: { input: place } }, request);
  }
  const input = { secret: developmentServiceKey(secrets), name: 'development', scopes: ['sync:write'] };
  await accounts.call('accounts', { query: ensureKey, variables: { input } }, request);
}

const day = 24 * 60 * 60;

/** What a developer pastes first. */
export async function welcome(url: string, secrets: DevelopmentSecrets): Promise<string> {
  const people = await Promise.all(
    demoPersons.map(async (person) => `  ${person.padEnd(10)} ${await developmentToken(secrets, person, 7 * day)}`),
  );
  return `
Gastronom is ready at ${url}/graphql (open it in a browser for Apollo Sandbox).

Tokens for this installation, good for a week (Authorization: Bearer …):
${people.join('\n')}
  service    ${developmentServiceKey(secrets)}

Try:
  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '{"query":"{ products(first: 3, filter: { text: \\"grechka\\" }) { nodes { name price { amount currencyCode } availableOnline } } }"}'

Ctrl-C stops everything.
`;
}
