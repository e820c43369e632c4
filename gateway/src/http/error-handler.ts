import { DomainError, type ErrorCode, errorCodes } from '@gastronom/shared/domain-error';
import { noteMethods } from '@gastronom/shared/http/allowed-methods';
import { describeError, sendRestError } from '@gastronom/shared/http/rest-errors';
import { requestIdHeader } from '@gastronom/shared/viewer';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorExtensions } from '../graphql/format-error.ts';
import { answerTypeFor } from '../graphql/http-answer.ts';
import { forNobodyElse } from '../sharing/cache-headers.ts';
import { pathOf } from './request-form.ts';

/** An address that cannot be read, or the like: what Fastify finds before there is a route. */
export function sendFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ [requestIdHeader]: request.id, 'cache-control': forNobodyElse, 'x-content-type-options': 'nosniff' });
  const { code } = describeError(error, 0);
  const message =
    code === 'BAD_REQUEST' ? 'The address is not valid: it cannot be decoded.' : 'The address is too long.';
  sendRestError(request, reply, code, message);
}

/** REST endpoints answer `{error, message, status, timestamp, requestId}`; `/graphql` answers the same as a GraphQL error. */
export function handleErrors(server: FastifyInstance): void {
  const send = (request: FastifyRequest, reply: FastifyReply, code: ErrorCode, message: string, details?: object) => {
    if (!request.url.startsWith('/graphql')) return sendRestError(request, reply, code, message);
    const extensions = { ...errorExtensions(code, request.id), ...(details ? { details } : {}) };
    return reply
      .code(errorCodes[code].status)
      .type(`${answerTypeFor(request.headers.accept)}; charset=utf-8`)
      .send(JSON.stringify({ errors: [{ message, extensions }] }));
  };
  server.setErrorHandler<FastifyError | DomainError>((error, request, reply) => {
    const { code, message } = describeError(error, request.routeOptions.bodyLimit ?? 0);
    if (code === 'INTERNAL_SERVER_ERROR') request.log.error({ err: error }, 'a request failed');
    const details = error instanceof DomainError && errorCodes[code].status < 500 ? error.details : undefined;
    return send(request, reply, code, message, details);
  });
  const methodsAt = noteMethods(server);
  server.setNotFoundHandler((request, reply) => {
    const { method } = request;
    const path = pathOf(request);
    const methods = methodsAt(path);
    if (methods.length === 0)
      return send(request, reply, 'NOT_FOUND', `There is nothing at ${method} ${path}. The API is at /graphql.`);
    reply.header('allow', methods.join(', '));
    return send(request, reply, 'METHOD_NOT_ALLOWED', `${method} is not for ${path}; ${methods.join(', ')} are.`);
  });
}
