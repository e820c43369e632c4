import { DomainError, type ErrorCode, errorCodes } from '@gastronom/shared/domain-error';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorExtensions } from '../graphql/format-error.ts';

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SHUTTING_DOWN',
};

function describe(error: FastifyError | DomainError, bodyLimit: number): { code: ErrorCode; message: string } {
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  const code =
    codeByStatus[error.statusCode ?? 500] ??
    ((error.statusCode ?? 500) < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
  if (code === 'PAYLOAD_TOO_LARGE') {
    const limit = Math.round((bodyLimit / 1024 / 1024) * 10) / 10;
    return { code, message: `The body is larger than ${limit} MB. Send smaller batches.` };
  }
  return { code, message: code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong on our side.' : error.message };
}

/** REST endpoints answer `{error, message, status, timestamp}`; `/graphql` answers the same as a GraphQL error. */
export function handleErrors(server: FastifyInstance, bodyLimit: number): void {
  const send = (request: FastifyRequest, reply: FastifyReply, code: ErrorCode, message: string) => {
    const extensions = errorExtensions(code, request.id);
    reply.code(errorCodes[code].status).type('application/json; charset=utf-8');
    if (request.url.startsWith('/graphql')) return reply.send({ errors: [{ message, extensions }] });
    const { error, status, timestamp } = extensions;
    return reply.send({ error, message, status, timestamp, requestId: request.id });
  };
  server.setErrorHandler<FastifyError | DomainError>((error, request, reply) => {
    const { code, message } = describe(error, bodyLimit);
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
