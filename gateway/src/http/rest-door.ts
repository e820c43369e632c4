import type { IncomingMessage } from 'node:http';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDirectory, SubgraphRequest } from '@gastronom/shared/subgraph';
import { anonymous } from '@gastronom/shared/viewer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identify } from '../identity/identity.ts';
import { requestPoints } from '../limits/request-points.ts';
import type { BodyReader } from './body-reader.ts';
import { clientOf } from './client.ts';
import { pathOf } from './request-form.ts';

/** A part of the public address space that a subgraph answers. */
interface Door {
  readonly prefix: string;
  readonly subgraph: string;
  /** Whether callers come with our own tokens and keys. 1C comes with a secret that its endpoint knows. */
  readonly identifies: boolean;
}

const doors: readonly Door[] = [
  { prefix: '/api/v1/integrations/one_c', subgraph: 'integrations', identifies: false },
  { prefix: '/api/v1/integrations', subgraph: 'integrations', identifies: true },
  { prefix: '/images', subgraph: 'integrations', identifies: false },
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
  readonly bodyLimit: number;
}

/** The REST endpoints of subgraphs on the public port. Bodies pass as bytes, and no larger than the limit. */
export async function serveRest(server: FastifyInstance, options: RestDoorOptions): Promise<void> {
  const { subgraphs, identify, bodies, bodyLimit } = options;
  await server.register(async (rest) => {
    rest.removeAllContentTypeParsers();
    rest.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) =>
      bodies.read(request.raw, payload, bodyLimit),
    );
    for (const { prefix, subgraph, identifies } of doors) {
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
        url: `${prefix}/*`,
        method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
        bodyLimit,
        exposeHeadRoute: false,
        handler: handle,
      });
    }
  });
}
