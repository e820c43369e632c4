import type { IncomingMessage } from 'node:http';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory, SubgraphRequest } from '@gastronom/shared/subgraph';
import { anonymous } from '@gastronom/shared/viewer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identify } from '../identity/identity.ts';
import { requestPoints } from '../limits/request-points.ts';
import type { BodyAllowance } from './body-allowance.ts';
import type { BodyReader } from './body-reader.ts';
import { clientOf } from './client.ts';
import { pathOf } from './request-form.ts';

/** A part of the public address space that a subgraph answers. */
interface Door {
  readonly prefix: string;
  /** Where it is one address, with nothing behind it. */
  readonly exact?: boolean;
  readonly subgraph: string;
  /** Whether callers come with our own tokens and keys. 1C comes with a secret that its endpoint knows. */
  readonly identifies: boolean;
  /** Whether its bodies may be large; who sends them is asked first where he comes with something of ours. */
  readonly takes: 'little' | 'much';
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The part of the address space that a REST request came to. */
    door?: Door;
  }
}

const doors: readonly Door[] = [
  { prefix: '/api/v1/integrations/one_c', subgraph: 'integrations', identifies: false, takes: 'much' },
  { prefix: '/api/v1/integrations', subgraph: 'integrations', identifies: true, takes: 'much' },
  { prefix: '/api/v1/suppliers', subgraph: 'suppliers', identifies: true, takes: 'much' },
  { prefix: '/images', subgraph: 'integrations', identifies: false, takes: 'little' },
  { prefix: '/webhooks/clerk', exact: true, subgraph: 'accounts', identifies: false, takes: 'little' },
  { prefix: '/webhooks/stripe', exact: true, subgraph: 'orders', identifies: false, takes: 'little' },
];

/** What belongs to one connection, not to the request; and what only we may say. */
const notPassedOn = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-gastronom-viewer',
]);

const passedOn = (headers: FastifyRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !notPassedOn.has(name)));

export interface RestDoorOptions {
  readonly subgraphs: SubgraphDirectory;
  readonly identify: Identify;
  readonly bodies: BodyReader;
  readonly allowance: BodyAllowance;
  readonly bodyLimit: number;
  readonly smallBodyLimit: number;
}

/** The REST endpoints of subgraphs on the public port. Bodies pass as bytes, and no larger than the limit. */
export async function serveRest(server: FastifyInstance, options: RestDoorOptions): Promise<void> {
  const { subgraphs, identify, bodies, allowance, bodyLimit, smallBodyLimit } = options;
  const limitOf = async (request: FastifyRequest): Promise<number> => {
    const { takes, identifies } = request.routeOptions.config.door ?? { takes: 'little', identifies: false };
    if (takes === 'little') return smallBodyLimit;
    return identifies ? allowance(request, bodyLimit) : bodyLimit;
  };
  await server.register(async (rest) => {
    rest.removeAllContentTypeParsers();
    rest.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) =>
      bodies.read(request.raw, payload, await limitOf(request)),
    );
    for (const door of doors) {
      const { prefix, exact, subgraph, identifies } = door;
      const handle = async (request: FastifyRequest, reply: FastifyReply) => {
        const { authorization } = request.headers;
        const context: Pick<SubgraphRequest, 'client' | 'requestId' | 'logger'> = {
          client: clientOf(request),
          requestId: request.id,
          logger: request.log as Logger,
        };
        const viewer = identifies ? await identify(authorization, context) : anonymous;
        if (viewer !== anonymous) await request.limits?.charge(viewer, requestPoints(request.method, pathOf(request)));
        const answer = await subgraphs(subgraph).rest(
          {
            method: request.method,
            url: request.url,
            headers: passedOn(request.headers),
            body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          },
          { ...context, viewer },
        );
        // An answer to HEAD tells the length of what GET would send.
        const { 'content-length': length } = answer.headers;
        if (request.method === 'HEAD' && length !== undefined) reply.header('content-length', length);
        return reply.code(answer.status).headers(passedOn(answer.headers)).send(answer.body);
      };
      rest.route({
        url: exact ? prefix : `${prefix}/*`,
        method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
        config: { door },
        exposeHeadRoute: false,
        handler: handle,
      });
    }
  });
}
