import type { IncomingMessage } from 'node:http';
import { DomainError } from '@gastronom/shared/domain-error';
import { decodeBody } from '@gastronom/shared/http/decode-body';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyAllowance } from './body-allowance.ts';
import type { BodyReader } from './body-reader.ts';

const deepestNesting = 100;
/** Longer bodies come from services and staff, and it would take long to look through them. */
const longestSearched = 1024 * 1024;

const backslash = 0x5c;
const quote = 0x22;
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Whether a text nests too deep to be worth reading: a hundred thousand arrays in each other keep the server busy. */
function nestsTooDeep(text: string): boolean {
  if (text.length > longestSearched) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString && code === backslash) i += 1;
    else if (code === quote) inString = !inString;
    else if (inString) continue;
    else if (openings.has(code)) depth += 1;
    else if (closings.has(code)) depth -= 1;
    if (depth > deepestNesting) return true;
  }
  return false;
}

/** Reads JSON bodies of any declared encoding, with or without a byte order mark; and no bodies of other types. */
export function acceptJson(server: FastifyInstance, bodies: BodyReader, allowance: BodyAllowance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const limit = await allowance(request, request.routeOptions.bodyLimit);
    const body = await bodies.read(request.raw, payload, limit);
    const text = decodeBody(body, request.headers['content-type']);
    if (nestsTooDeep(text))
      throw new DomainError('BAD_REQUEST', `The body nests deeper than ${deepestNesting} levels.`);
    return new Promise((resolve, reject) => {
      parseJson(request, text, (error, value) => {
        if (error) reject(new DomainError('BAD_REQUEST', 'The body is not complete, valid JSON.'));
        else resolve(value);
      });
    });
  });
}
