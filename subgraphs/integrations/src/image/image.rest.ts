import { DomainError } from '@gastronom/shared/domain-error';
import { requireScope } from '@gastronom/shared/permissions';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type IntegrationsContext, integrationsContext } from '../context.ts';
import { quote } from '../row/row-error.ts';
import type { NewImage } from './image.repository.ts';
import { findStored, hashOf, storeImage } from './image.service.ts';
import { readHash } from './images.ts';

interface Addressed {
  Params: { sha256: string };
}

const path = '/api/v1/integrations/images';

const shown = ({ settings }: IntegrationsContext, { sha256, type, width, height, size }: NewImage) => ({
  sha256,
  width,
  height,
  type: `image/${type}`,
  size,
  url: `${settings.oneC.publicUrl}/images/${sha256}`,
});

/** Bytes sent to the address of a picture are that picture: others would be lost under a name that nobody asks for. */
function checkHash(bytes: Buffer, address: string): void {
  const promised = readHash(address);
  if (!promised) throw new DomainError('BAD_REQUEST', `${quote(address)} is no SHA-256: it has 64 hexadecimal digits.`);
  const found = hashOf(bytes);
  if (found === promised) return;
  throw new DomainError(
    'BAD_REQUEST',
    `The bytes have the SHA-256 ${found}, not the one in the address: they were changed or cut short on their way. Send them again.`,
  );
}

/** Where the scraper sends pictures that have no public address: each once, after a HEAD that says it is not there. */
export function serveImageUploads(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = integrationsContext(environment);

  async function keep(request: FastifyRequest, reply: FastifyReply, address?: string) {
    const { caller } = request;
    requireScope(caller.viewer, 'sync:write');
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (address !== undefined && bytes.length > 0) checkHash(bytes, address);
    const context = contextOf(caller);
    const { isNew, ...image } = await storeImage(context, bytes);
    return reply
      .code(isNew ? 201 : 200)
      .header('location', `${path}/${image.sha256}`)
      .send(shown(context, image));
  }

  server.post(path, (request, reply) => keep(request, reply));
  server.route<Addressed>({
    method: ['POST', 'PUT'],
    url: `${path}/:sha256`,
    handler: (request, reply) => keep(request, reply, request.params.sha256),
  });
  // Its HEAD is what a sender asks first.
  server.get<Addressed>(`${path}/:sha256`, async ({ caller, params }) => {
    requireScope(caller.viewer, 'sync:write');
    const sha256 = readHash(params.sha256);
    const context = contextOf(caller);
    const image = sha256 ? await findStored(context, sha256) : null;
    if (!image) throw new DomainError('NOT_FOUND', 'There is no such picture: send it.');
    return shown(context, image);
  });
}
