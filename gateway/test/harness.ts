import { createLogger } from '@gastronom/shared/logger';
import { connectSharedState } from '@gastronom/shared/redis/shared-state';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import { createSeal, createSealOpener } from '@gastronom/shared/sealed-call';
import { developmentSecrets } from '@gastronom/shared/secrets';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { createSubgraphServer } from '@gastronom/shared/subgraph-server';
import { createTestDatabase, type TestDatabase } from '@gastronom/shared/testing/test-database';
import { developmentServiceKey, ensureDemoIdentities } from '../src/development.ts';
import { type GatewaySettings, readGatewaySettings } from '../src/env.ts';
import { startGateway } from '../src/gateway.ts';
import { type DemoPerson, demoPersons, developmentToken } from '../src/identity/development-token.ts';
import { mountAll } from '../src/one-process.ts';
import { definitions } from '../src/subgraph-definitions.ts';
import { fleetOf, type SubgraphFleet } from '../src/subgraph-fleet.ts';

/** The two ways to run. Capabilities are tested in both, by the same tests. */
export const modes = ['one process', 'remote subgraphs'] as const;
export type Mode = (typeof modes)[number];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  readonly data: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly errors: any[] | undefined;
}

export interface TestGraph {
  readonly url: string;
  readonly tokens: Readonly<Record<DemoPerson | 'service', string>>;
  readonly settings: GatewaySettings;
  readonly database: TestDatabase;
  /** The subgraphs' ways, which a test may break: what is put here is asked instead. */
  readonly broken: Map<string, SubgraphTransport>;
  /** The way to a subgraph as it is, for what is put in its place. */
  whole(name: string): SubgraphTransport;
  query(query: string, variables?: Record<string, unknown>, token?: string): Promise<Answer>;
  /** What one part of the product asks of another, behind the public door: the answer of the operation's only field. */
  command<Reply>(subgraph: string, query: string, variables?: Record<string, unknown>): Promise<Reply>;
  /** The SQL statements of each subgraph since the last call. */
  statements(): Record<string, string[]>;
  stop(): Promise<void>;
}

interface Served {
  readonly fleet: SubgraphFleet;
  close(): Promise<void>;
}

/** Serves each mounted subgraph on a port of its own, and reaches it from there. */
async function serve(local: SubgraphFleet, secret: string, timeoutMs: number): Promise<Served> {
  const seal = createSeal(secret);
  const logger = createLogger('subgraph', 'silent');
  const servers = [...local.transports].map(([name, transport]) => ({
    name,
    server: createSubgraphServer(transport, createSealOpener(secret, name), logger),
  }));
  const remotes = new Map<string, SubgraphTransport>();
  for (const { name, server } of servers) {
    const origin = await server.listen({ host: '127.0.0.1', port: 0 });
    remotes.set(name, remoteSubgraph({ name, url: `${origin}/graphql`, timeoutMs, seal }));
  }
  const fleet = fleetOf(remotes);
  return {
    fleet,
    async close() {
      await fleet.close();
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}

/** The whole graph, through its public door, on a database of its own. */
export async function startTestGraph(
  mode: Mode = 'one process',
  variables: NodeJS.ProcessEnv = {},
): Promise<TestGraph> {
  const database = await createTestDatabase();
  const settings = readGatewaySettings({
    ...process.env,
    PORT: '0',
    ENVIRONMENT: 'test',
    // Tests change rows behind the product's back.
    ANSWER_CACHE_SECONDS: '0',
    // On a slow machine all that is read is slow.
    GIVE_WAY_SECONDS: '0',
    ...variables,
  });
  const logger = createLogger('test', settings.LOG_LEVEL ?? 'silent');
  const seen: Record<string, string[]> = {};
  const onStatement = (subgraph: string, sql: string) => {
    seen[subgraph] ??= [];
    seen[subgraph].push(sql);
  };
  const broken = new Map<string, SubgraphTransport>();
  let reached: SubgraphFleet | undefined;
  const whole = (name: string): SubgraphTransport => {
    const transport = reached?.transports.get(name);
    if (!transport) throw new Error(`there is no subgraph ${name}`);
    return transport;
  };
  const wayTo = (name: string): SubgraphTransport => broken.get(name) ?? whole(name);
  // The gateway and the subgraphs reach each other alike, so that a test may break each way.
  const breakable = (name: string): SubgraphTransport => ({
    execute: (operation, request) => wayTo(name).execute(operation, request),
    rest: (request, context) => wayTo(name).rest(request, context),
    checks: () => wayTo(name).checks(),
    ready: () => wayTo(name).ready(),
    close: () => Promise.resolve(),
  });
  const { ownerUrl: databaseUrl, secret } = database;
  const shared = connectSharedState(settings.REDIS_URL, logger, settings.REDIS_TIMEOUT_MS);
  const local = await mountAll(definitions, {
    databaseUrl,
    secret,
    poolSize: 10,
    logger,
    onStatement,
    directory: breakable,
    broadcast: shared.broadcast,
  });
  const served = mode === 'one process' ? undefined : await serve(local, secret, settings.SUBGRAPH_TIMEOUT_MS);
  reached = served?.fleet ?? local;
  const fleet: SubgraphFleet = {
    ...fleetOf(new Map(definitions.map(({ name }) => [name, breakable(name)]))),
    async close() {
      await served?.close();
      await local.close();
    },
  };
  const gateway = await startGateway(fleet, settings, logger, shared);
  const secrets = developmentSecrets(settings.DATA_DIR);
  await ensureDemoIdentities(fleet.directory, secrets, logger);
  const tokens = await Promise.all(
    demoPersons.map(async (person) => [person, await developmentToken(secrets, person, 600)] as const),
  );
  return {
    url: `${gateway.url}/graphql`,
    tokens: {
      ...(Object.fromEntries(tokens) as Record<DemoPerson, string>),
      service: developmentServiceKey(secrets),
    },
    settings,
    database,
    broken,
    whole,
    async query(query, variables = {}, token = '') {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
      return { status: response.status, headers: response.headers, data: body.data, errors: body.errors };
    },
    async command<Reply>(subgraph: string, query: string, variables: Record<string, unknown> = {}) {
      const peers = new SubgraphClient(breakable, 'orders');
      const data = await peers.call<Record<string, Reply>>(
        subgraph,
        { query, variables },
        { requestId: 'test', logger },
      );
      return Object.values(data)[0] as Reply;
    },
    statements() {
      const statements = { ...seen };
      for (const name of Object.keys(seen)) delete seen[name];
      return statements;
    },
    async stop() {
      await gateway.stop();
      await shared.close();
      await database.drop();
    },
  };
}
