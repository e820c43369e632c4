import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyPluginCallback } from 'fastify';
import { serveOfferImport } from './offer-import/offer-import.rest.ts';

/** The REST endpoints of this subgraph. */
export const createSuppliersRest =
  (environment: SubgraphEnvironment): FastifyPluginCallback =>
  (server, _options, done) => {
    serveOfferImport(server, environment);
    done();
  };
