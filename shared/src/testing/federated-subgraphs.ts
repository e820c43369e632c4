import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';

/** What answers the fields of a subgraph's types, and its references. Parents and arguments are as the schema says. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, (...given: never[]) => unknown>>>>;

/** A subgraph of a supergraph that is made for a test. */
export interface FederatedSubgraph {
  /** In Federation 2's terms. */
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

export interface ServedSubgraphs {
  readonly url: (name: string) => string;
  close(): Promise<void>;
}

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

type Answerer = (asked: Asked) => Promise<ExecutionResult>;

function answerer({ sdl, resolvers }: FederatedSubgraph): Answerer {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  return ({ query, variables = {}, operationName }) =>
    graphql({ schema, source: query, variableValues: variables, operationName, contextValue: {} });
}

async function answer(request: IncomingMessage, answerers: ReadonlyMap<string, Answerer>): Promise<ExecutionResult> {
  const asked = answerers.get(request.url?.slice(1) ?? '');
  if (!asked) throw new Error(`no subgraph is served at ${request.url}`);
  return asked(JSON.parse(await text(request)) as Asked);
}

/** Serves subgraphs over GraphQL on loopback, in a server of their own, as foreign ones would be. */
export async function serveSubgraphs(subgraphs: Readonly<Record<string, FederatedSubgraph>>): Promise<ServedSubgraphs> {
  const answerers = new Map(Object.entries(subgraphs).map(([name, subgraph]) => [name, answerer(subgraph)]));
  const server = createServer((request, response) => {
    answer(request, answerers).then(
      (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
