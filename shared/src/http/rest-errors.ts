import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorCode, errorCodes } from '../domain-error.ts';
import { noteMethods } from './allowed-methods.ts';

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SHUTTING_DOWN',
};

/** What may be told of an error: a code of ours and a sentence, nothing internal. */
export function describeError(
  error: FastifyError | DomainError,
  bodyLimit: number,
): { code: ErrorCode; message: string } {
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  const status = error.statusCode ?? 500;
  const code = codeByStatus[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
  if (code === 'PAYLOAD_TOO_LARGE') {
    const limit = Math.round((bodyLimit / 1024 / 1024) * 10) / 10;
    return { code, message: `The body is larger than ${limit} MB. Send it in smaller parts.` };
  }
  if (code === 'UNSUPPORTED_MEDIA_TYPE')
    return {
      code,
      message: 'Send a `Content-Type` that says what the body is, as `application/json`: none, or no such, came.',
    };
  return { code, message: code === 'INTERNAL_SERVER_ERROR' ? 'Something went wrong on our side.' : error.message };
}

/** Answers `{error, message, status, timestamp, requestId}`, the shape of every REST endpoint. */
export function sendRestError(request: FastifyRequest, reply: FastifyReply, code: ErrorCode, message: string) {
  const { error, status } = errorCodes[code];
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ error, message, status, timestamp: new Date().toISOString(), requestId: request.id });
}

/** REST errors in their one shape; those that are our fault go to the log with their stack. */
export function handleRestErrors(server: FastifyInstance, bodyLimit: number): void {
  server.setErrorHandler<FastifyError | DomainError>((error, request, reply) => {
    const { code, message } = describeError(error, bodyLimit);
    if (code === 'INTERNAL_SERVER_ERROR') request.log.error({ err: error }, 'a request failed');
    return sendRestError(request, reply, code, message);
  });
  const methodsAt = noteMethods(server);
  server.setNotFoundHandler((request, reply) => {
    const { method } = request;
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsAt(path);
    if (methods.length === 0)
      return sendRestError(request, reply, 'NOT_FOUND', `There is nothing at ${method} ${path}.`);
    reply.header('allow', methods.join(', '));
    return sendRestError(
      request,
      reply,
      'METHOD_NOT_ALLOWED',
      `${method} is not for ${path}; ${methods.join(', ')} are.`,
    );
  });
}
