import { DomainError } from '@gastronom/shared/domain-error';
import { decodeBody } from '@gastronom/shared/http/decode-body';
import type { FastifyInstance } from 'fastify';

/** Reads JSON bodies of any declared encoding, with or without a byte order mark. */
export function acceptJson(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = decodeBody(body as Buffer, request.headers['content-type']);
    } catch (error) {
      done(error as Error);
      return;
    }
    parseJson(request, text, (error, value) => {
      if (error) done(new DomainError('BAD_REQUEST', 'The body is not complete, valid JSON.'));
      else done(null, value);
    });
  });
}
