import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { serveExchange } from './exchange/exchange-endpoint.ts';
import { serveImageUploads } from './image/image.rest.ts';
import { serveImages } from './image/image-delivery.rest.ts';
import { serveStockWebhook } from './one-c/stock-webhook.ts';

type Endpoints = (server: FastifyInstance, environment: SubgraphEnvironment) => void;

/** The REST endpoints of this subgraph, a room each. */
const rooms: readonly Endpoints[] = [serveStockWebhook, serveExchange, serveImageUploads, serveImages];

export const createIntegrationsRest =
  (environment: SubgraphEnvironment): FastifyPluginCallback =>
  (server, _options, done) => {
    for (const serve of rooms) serve(server, environment);
    done();
  };
