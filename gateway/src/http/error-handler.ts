import type { DomainError, ErrorCode } from '@gastronom/shared/domain-error';
import { errorCodes } from '@gastronom/shared/domain-error';
import { describeError, sendRestError } from '@gastronom/shared/http/rest-errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorExtensions } from '../graphql/format-error.ts';

/** REST endpoints answer `{error, message, status, timestamp, requestId}`; `/graphql` answers the same as a GraphQL error. */
export function handleErrors(server: FastifyInstance): void {
  const send = (request: FastifyRequest, reply: FastifyReply, code: ErrorCode, message: string) => {
    if (!request.url.startsWith('/graphql')) return sendRestError(request, reply, code, message);
    const extensions = errorExtensions(code, request.id);
    return reply
      .code(errorCodes[code].status)
      .type('application/json; charset=utf-8')
      .send({ errors: [{ message, extensions }] });
  };
  server.setErrorHandler<FastifyError | DomainError>((error, request, reply) => {
    const { code, message } = describeError(error, request.routeOptions.bodyLimit ?? 0);
    if (code === 'INTERNAL_SERVER_ERROR') request.log.error({ err: error }, 'a request failed');
    return send(request, reply, code, message);
  });
  server.setNotFoundHandler((request, reply) =>
    send(
      request,
      reply,
      'NOT_FOUND',
      `There is nothing at ${request.method} ${request.url.split('?')[0]}. The API is at /graphql.`,
    ),
  );
}
