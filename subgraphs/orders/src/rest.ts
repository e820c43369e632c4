import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyPluginCallback } from 'fastify';
import { serveStripeWebhook } from './payment/webhook/webhook.rest.ts';

export const createOrdersRest =
  (environment: SubgraphEnvironment): FastifyPluginCallback =>
  (server, _options, done) => {
    serveStripeWebhook(server, environment);
    done();
  };
