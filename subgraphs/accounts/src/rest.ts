import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyPluginCallback } from 'fastify';
import { serveClerkWebhook } from './clerk/webhook.rest.ts';

export const createAccountsRest =
  (environment: SubgraphEnvironment): FastifyPluginCallback =>
  (server, _options, done) => {
    serveClerkWebhook(server, environment);
    done();
  };
