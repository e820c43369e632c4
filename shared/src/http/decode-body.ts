import { isUtf8 } from 'node:buffer';
import { DomainError } from '../domain-error.ts';

const charsetOf = (contentType: string | undefined): string =>
  /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';

/** The body as text. A declared charset is obeyed; bytes that are not what they say are refused, never stored garbled. */
export function decodeBody(body: Uint8Array, contentType: string | undefined): string {
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
