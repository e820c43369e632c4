import { composeServices } from '@apollo/composition';
import { createLogger } from '@gastronom/shared/logger';
import { type ServedSubgraphs, serveSubgraphs } from '@gastronom/shared/testing/federated-subgraphs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Gateway } from '../../src/gateway.ts';
import { readSupergraphSettings } from '../../src/supergraph-mode/env.ts';
import { startSupergraphGateway } from '../../src/supergraph-mode/supergraph-gateway.ts';
import { abstractWorld } from './abstract-world.ts';
import { directiveWorld } from './directive-world.ts';
import type { ExpectedError, FederationCase, FederationWorld } from './federation-case.ts';
import { interfaceObjectWorld } from './interface-object-world.ts';
import { keysWorld } from './keys-world.ts';
import { mutationWorld } from './mutation-world.ts';
import { overrideWorld } from './override-world.ts';
import { providesWorld } from './provides-world.ts';
import { requiresWorld } from './requires-world.ts';
import { sharedWorld } from './shared-world.ts';
import { troubleWorld } from './trouble-world.ts';
import { visibilityWorld } from './visibility-world.ts';

const worlds = [
  requiresWorld,
  providesWorld,
  overrideWorld,
  interfaceObjectWorld,
  keysWorld,
  sharedWorld,
  abstractWorld,
  mutationWorld,
  directiveWorld,
  visibilityWorld,
  troubleWorld,
];

interface Way {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly wrongFor: (each: FederationCase) => string | undefined;
  /** Apollo's executor tells of gaps and places in ways of its own: only its data are compared. */
  readonly tellsErrors: boolean;
}

const ways: readonly Way[] = [
  {
    name: 'Hive’s planner',
    settings: { EXECUTOR: 'own', PLANNER: 'hive' },
    wrongFor: ({ hivePlansWrong }) => hivePlansWrong,
    tellsErrors: true,
  },
  {
    name: 'Apollo’s planner',
    settings: { EXECUTOR: 'own', PLANNER: 'apollo' },
    wrongFor: ({ apolloPlansWrong }) => apolloPlansWrong,
    tellsErrors: true,
  },
  {
    name: 'Apollo’s gateway',
    settings: { EXECUTOR: 'apollo' },
    wrongFor: ({ apolloIsWrong }) => apolloIsWrong,
    tellsErrors: false,
  },
];

function compose(world: FederationWorld, served: ServedSubgraphs): string {
  const services = Object.entries(world.subgraphs).map(([name, { sdl }]) => ({
    name,
    url: served.url(name),
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new Error(`${world.name}: ${errors?.map(({ message }) => message).join('\n')}`);
  return supergraphSdl;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

async function ask(gateway: Gateway, { query, variables }: FederationCase): Promise<Answer> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** In no order: which subgraph fails first is chance. */
const told = (errors: readonly ExpectedError[]): string[] =>
  errors.map(({ message, path }) => `${path.join('.')}: ${message}`).sort();

describe.each(worlds)('Federation: $name', (world) => {
  let served: ServedSubgraphs;
  let supergraph: string;

  beforeAll(async () => {
    served = await serveSubgraphs(world.subgraphs);
    supergraph = compose(world, served);
  });
  afterAll(() => served.close());

  describe.each(ways)('by $name', ({ settings, wrongFor, tellsErrors }) => {
    let gateway: Gateway;

    beforeAll(async () => {
      gateway = await startSupergraphGateway(
        supergraph,
        `${world.name}.graphql`,
        readSupergraphSettings('0', { ...process.env, ...settings }),
        createLogger('gateway', 'silent'),
      );
    });
    afterAll(() => gateway.stop());

    it.each(world.cases.filter((each) => !wrongFor(each)))('$name', async (each) => {
      const { data = null, errors = [] } = await ask(gateway, each);

      expect(data).toStrictEqual(each.data);
      if (tellsErrors) {
        expect(told(errors.map(({ message, path = [] }) => ({ message, path })))).toStrictEqual(
          told(each.errors ?? []),
        );
      }
    });
  });
});
