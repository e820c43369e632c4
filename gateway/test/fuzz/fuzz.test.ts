import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint } from '@gastronom/shared/testing/fingerprint';
import { doNow } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { apiSchema } from '../api-schema.ts';
import { startTestGraph, type TestGraph } from '../harness.ts';
import { readPermissionsTable } from '../rights/permissions-table.ts';
import { meansWhom, type ViewerName } from '../rights/viewer-table.ts';
import { answerTrouble } from './answer-shape.ts';
import { Dice } from './dice.ts';
import { stockTheShop } from './known-things.ts';
import {
  type Caller,
  marked,
  marksIn,
  type PersonName,
  people,
  settleNeighbours,
  strangeMarks,
  tokenOf,
} from './neighbours.ts';
import { type Operation, randomOperation } from './random-operation.ts';
import type { Pool } from './random-value.ts';

/** Operations of each kind: some hundreds, or as many as one has time for. */
const runs = Number(process.env.FUZZ_RUNS ?? 80);
const seed = process.env.FUZZ_SEED ? Number(process.env.FUZZ_SEED) : undefined;
const patience = 60_000 + runs * 1_000;
const sayings = (share: number) => ({
  numRuns: Math.ceil(runs * share),
  ...(seed === undefined ? {} : { seed }),
  // What was changed meanwhile is not changed back, so that there is nothing to be made smaller.
  endOnFailure: true,
});

const everyone = [...(Object.keys(people) as PersonName[]), 'machine', 'nobody'] as const;
/** Those who have no business with kira, boris and bella. */
const strangers = ['karl', 'anna', 'arno', 'sveta', 'machine', 'nobody'] as const;
const left = ['kira', 'boris', 'bella'] as const;
/** What is noted of who comes, and of the queue's own housekeeping. */
const unquiet = /^(accounts\.(sessions|service_keys)|jobs\..*)$/;

/** What kind of viewer each is, to those who guard fields. */
const kindOf = (caller: Caller): ViewerName => {
  if (caller === 'machine') return 'sync key';
  if (caller === 'nobody') return 'anonymous';
  const { role, organization, memberRole }: { role: string; organization?: string; memberRole?: string } =
    people[caller];
  if (organization === 'dairy') return 'supplier';
  if (organization) return memberRole === 'ADMIN' ? 'restaurant' : 'restaurant member';
  return role.toLowerCase() as ViewerName;
};
const table = readPermissionsTable();
const openTo = (caller: Caller): ReadonlySet<string> =>
  new Set(
    table.filter(({ who }) => meansWhom[who]?.includes(kindOf(caller))).map(({ type, field }) => `${type}.${field}`),
  );

let graph: TestGraph;
let schema: GraphQLSchema;
let pool: Pool;
const tokens = new Map<Caller, string>();

beforeAll(async () => {
  graph = await startTestGraph('one process', { COST_LIMIT: '1000000' });
  schema = await apiSchema();
  await settleNeighbours(graph.database);
  for (const name of Object.keys(people) as PersonName[])
    tokens.set(name, await tokenOf(name, graph.settings.DATA_DIR));
  tokens.set('machine', graph.tokens.service);
  pool = await stockTheShop(graph, schema, (caller) => tokens.get(caller) ?? '');
});
afterAll(() => graph.stop());

async function ask(caller: Caller, { query, variables }: Operation) {
  const token = tokens.get(caller);
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, text: await response.text() };
}

/** Sends random operations as the callers, and throws with all that is needed to send one again. */
const send = (kind: 'query' | 'mutation', callers: readonly Caller[], marks: boolean) =>
  fc.asyncProperty(fc.constantFrom(...callers), fc.nat(), async (caller, throws) => {
    const operation = randomOperation(new Dice(throws), schema, pool, { kind, open: openTo(caller) });
    const { status, text } = await ask(caller, operation);
    const foreign = marks ? strangeMarks(caller, text, kind === 'mutation') : [];
    const trouble =
      answerTrouble(schema, operation.query, status, text) ??
      (foreign.length > 0 ? `it shows what is none of theirs: ${foreign.join(', ')}` : undefined);
    if (trouble)
      throw new Error(
        `${caller}: ${trouble}\n${operation.query}\n${JSON.stringify(operation.variables)}\n${text.slice(0, 2_000)}`,
      );
  });

/** Until what was enqueued by those before is done, also what waits for a while. */
async function idle(): Promise<void> {
  const waiting = `SELECT count(*)::int AS jobs FROM jobs.job_common
    WHERE state IN ('created', 'retry', 'active') AND start_after < now() + interval '1 minute' AND name NOT LIKE '\\_\\_pgboss%'`;
  for (let left = Infinity; left > 0; left = (await graph.database.query<{ jobs: number }>(waiting))[0]?.jobs ?? 0) {
    await doNow(graph.database.query);
    await sleep(50);
  }
}

/** Rows that name people or organisations, in the tables that hold such rows: others may well name them elsewhere. */
const belongings = async (ids: string) =>
  Object.fromEntries(Object.entries(await fingerprint(graph.database, ids)).filter(([, content]) => content !== '0:0'));

/** What a supplier asks of a buyer is the supplier’s to change. */
const suppliersOwn = 'suppliers.offer_prices';

const quiet = async () =>
  Object.fromEntries(Object.entries(await fingerprint(graph.database)).filter(([table]) => !unquiet.test(table)));

/** What somebody has of the marketplace. */
const own = `spendLimit { amount } pars { nodes { level } } cart { lines { note } } notificationChannels { nodes { name } }
  myOrders { nodes { note } } stores { nodes { name } } trackedProducts { nodes { name urls { url } tags { name } } }`;

describe('any operation that the schema allows', () => {
  it('meets a graph in which each sees what is theirs', async () => {
    for (const name of Object.keys(people) as PersonName[]) {
      const query = '{ me { name email memberships { organization { name invitations { nodes { email } } } } } }';
      const { status, text } = await ask(name, { query, variables: {} });
      expect([status, text]).toEqual([200, expect.stringContaining(`zz-mail-${name}-zz`)]);
      expect([name, strangeMarks(name, text)]).toEqual([name, []]);
    }
    const [{ text: ofBoris }, { text: ofKira }] = await Promise.all([
      ask('boris', { query: `{ ${own} offers { nodes { name price { amount } } } }`, variables: {} }),
      ask('kira', { query: `{ ${own} }`, variables: {} }),
    ]);
    const things = [
      'offer',
      'price-diner',
      'limit-diner',
      'par-diner',
      'order-diner',
      'cart-diner',
      'channel-boris',
      'watched-boris',
    ];
    expect(marksIn(ofBoris)).toEqual(expect.arrayContaining(things.map(marked)));
    expect(marksIn(ofKira)).toEqual(
      expect.arrayContaining(['order-kira', 'cart-kira', 'channel-kira', 'watched-kira'].map(marked)),
    );
    expect([strangeMarks('boris', ofBoris), strangeMarks('kira', ofKira)]).toEqual([[], []]);
    expect(strangeMarks('karl', 'zz-org-bistro-zz 2002-02-02T02:02:02.002Z')).toEqual([
      'zz-org-bistro-zz',
      'zz-favourite-kira-zz',
    ]);
    const tables = ['organizations', 'memberships', 'users', 'products', 'offers', 'orders', 'supplier_orders'];
    const others = [
      'order_lines',
      'deliveries',
      'cart_lines',
      'webhook_endpoints',
      'notification_channels',
      'stores',
      'tracked_urls',
    ];
    expect([...pool.ids.keys()]).toEqual(expect.arrayContaining([...tables, ...others]));
    expect(pool.cursors.length).toBeGreaterThan(5);
  });

  it(
    'that reads is answered in its shape, with nothing of others, and changes nothing',
    async () => {
      await idle();
      const before = await quiet();

      await fc.assert(send('query', everyone, true), sayings(1.5));

      expect(await quiet()).toEqual(before);
    },
    patience,
  );

  it(
    'that writes is answered in its shape, and leaves alone what belongs to others',
    async () => {
      const ids = await graph.database.query<{ id: string }>(
        `SELECT id FROM accounts.users WHERE name ~ $1 UNION ALL SELECT id FROM accounts.organizations WHERE name ~ 'diner'`,
        [left.join('|')],
      );
      await idle();
      const theirs = ids.map(({ id }) => id).join('|');
      const { [suppliersOwn]: _prices, ...before } = await belongings(theirs);
      const held = ['accounts.users', 'accounts.organizations', 'accounts.memberships', 'accounts.invitations'];
      const bought = ['orders.orders', 'orders.carts', 'integrations.webhook_endpoints'];
      expect(Object.keys(before)).toEqual(expect.arrayContaining([...held, 'catalog.favourites', ...bought]));

      await fc.assert(send('mutation', strangers, true), sayings(1));

      expect(await belongings(theirs)).toMatchObject(before);
    },
    patience,
  );

  it(
    'that the shop’s own people write is answered in its shape',
    async () => {
      await fc.assert(send('mutation', ['stepan', 'alla'], false), sayings(0.5));
    },
    patience,
  );
});
