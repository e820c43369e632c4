import type { IncomingMessage } from 'node:http';
import { DomainError } from '@gastronom/shared/domain-error';
import { decodeBody } from '@gastronom/shared/http/decode-body';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyAllowance } from './body-allowance.ts';
import type { BodyReader } from './body-reader.ts';

/** Reads JSON bodies of any declared encoding, with or without a byte order mark; and no bodies of other types. */
export function acceptJson(server: FastifyInstance, bodies: BodyReader, allowance: BodyAllowance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const limit = await allowance(request, request.routeOptions.bodyLimit);
    const body = await bodies.read(request.raw, payload, limit);
    const text = decodeBody(body, request.headers['content-type']);
    return new Promise((resolve, reject) => {
      parseJson(request, text, (error, value) => {
        if (error) reject(new DomainError('BAD_REQUEST', 'The body is not complete, valid JSON.'));
        else resolve(value);
      });
    });
  });
}
