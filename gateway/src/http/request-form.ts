import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What watches over the product asks here, in whatever simple way it can. */
export const probePaths: ReadonlySet<string> = new Set(['/livez', '/readyz', '/health']);

export const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? url;

const mostHeaders = 100;
const hostForm = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** How often a header was sent. The parsed ones hold the first of several alone. */
function timesSent(rawHeaders: readonly string[], name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i] ?? '';
    if (given.length === name.length && given.toLowerCase() === name) times += 1;
  }
  return times;
}

function checkHost(request: FastifyRequest): void {
  const hosts = timesSent(request.raw.rawHeaders, 'host');
  if (hosts === 0 && probePaths.has(pathOf(request))) return;
  if (hosts === 1 && hostForm.test(request.host)) return;
  throw new DomainError('BAD_REQUEST', 'Send one `Host` header, with the name of this server.');
}

/** Refuses what no honest client sends, before anything is done for it. */
function checkForm(request: FastifyRequest): void {
  const { rawHeaders, headers } = request.raw;
  if (rawHeaders.length / 2 > mostHeaders)
    throw new DomainError('HEADERS_TOO_LARGE', `There are more than ${mostHeaders} headers.`);
  checkHost(request);
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  // Nothing is unpacked here: a few bytes could become gigabytes.
  if (encoding !== '' && encoding !== 'identity')
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without a `Content-Encoding`.');
}

export function checkForms(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => checkForm(request));
}
