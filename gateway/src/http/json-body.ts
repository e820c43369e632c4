import { isUtf8 } from 'node:buffer';
import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance } from 'fastify';

const charsetOf = (contentType: string | undefined): string =>
  /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';

/** The body as text. A declared charset is obeyed; bytes that are not what they say are refused, never stored garbled. */
export function decodeBody(body: Buffer, contentType: string | undefined): string {
  const charset = charsetOf(contentType);
  if (charset === 'utf-8' || charset === 'utf8') {
    if (!isUtf8(body)) {
      const message =
        'The body is not valid UTF-8. Send UTF-8, or declare the encoding: `Content-Type: application/json; charset=windows-1251`.';
      throw new DomainError('BAD_REQUEST', message);
    }
    return new TextDecoder().decode(body);
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', `The charset ${charset} is not known, or the body is not in it.`);
  }
}

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
