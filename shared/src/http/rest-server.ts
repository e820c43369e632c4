import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { followRequests, requestOptions } from '../http-requests.ts';
import type { RestAnswer, RestRequest, SubgraphDefinition, SubgraphEnvironment, SubgraphRequest } from '../subgraph.ts';
import { anonymous, requestIdHeader } from '../viewer.ts';
import { internalBodyLimit } from './connections.ts';
import { handleRestErrors } from './rest-errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, and the request's own logger. */
    caller: SubgraphRequest;
  }
}

export interface RestServer {
  handle(request: RestRequest, context: SubgraphRequest): Promise<RestAnswer>;
  close(): Promise<void>;
}

/**
 * The REST endpoints of a subgraph, without a port: requests are handed in by the public door, in this process or over
 * HTTP. Bodies come as bytes, whatever their type: what they are is the endpoint's to find out, as 1C declares anything.
 */
export async function createRestServer(
  definition: SubgraphDefinition,
  environment: SubgraphEnvironment,
): Promise<RestServer> {
  const server: FastifyInstance = Fastify({ ...requestOptions(environment.logger), bodyLimit: internalBodyLimit });
  // The caller of each request in hand, by its id.
  const callers = new Map<string, SubgraphRequest>();
  let number = 0;
  const nobody: SubgraphRequest = { viewer: anonymous, requestId: '', logger: environment.logger };
  followRequests(server);
  handleRestErrors(server, internalBodyLimit);
  server.decorateRequest('caller');
  server.addHook('onRequest', async (request) => {
    request.caller = callers.get(String(request.headers[callerHeader])) ?? nobody;
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  if (definition.createRest) await server.register(definition.createRest(environment));
  await server.ready();
  return {
    async handle({ method, url, headers, body }, context) {
      number += 1;
      const caller = String(number);
      callers.set(caller, context);
      try {
        const answer = await server.inject({
          method: method as Exclude<InjectOptions['method'], undefined>,
          url,
          headers: { ...headers, [requestIdHeader]: context.requestId, [callerHeader]: caller } as Record<
            string,
            string
          >,
          payload: body,
          // Otherwise the answer is made a string too, which takes far longer than the rest of showing a picture.
          payloadAsStream: true,
        });
        return {
          status: answer.statusCode,
          headers: answer.headers as RestAnswer['headers'],
          body: Buffer.concat(await answer.stream().toArray()),
        };
      } finally {
        callers.delete(caller);
      }
    },
    close: () => server.close(),
  };
}

/** Set anew for each request that is handed in, so that nobody outside can set it. */
const callerHeader = 'x-gastronom-caller';
