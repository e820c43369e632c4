import { DomainError } from '@gastronom/shared/domain-error';
import { requireRule } from '@gastronom/shared/permissions';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { suppliersContext } from '../context.ts';
import { writesOffers } from '../permissions.ts';
import { OfferImportService } from './offer-import.service.ts';

export const offerImportPath = '/api/v1/suppliers/offers';

// Each batch of a file adds its number.
const longestKey = 190;

const querySchema = z.object({
  supplier: z.string().optional(),
  dryRun: z.enum(['true', 'false']).optional(),
  observedAt: z.iso.datetime({ offset: true }).optional(),
});

function queryOf({ query }: FastifyRequest): z.infer<typeof querySchema> {
  const read = querySchema.safeParse(query);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new DomainError(
    'BAD_REQUEST',
    `\`${field}\` is not as it should be: \`supplier\` is an id, \`dryRun\` true or false, \`observedAt\` as 2026-03-01T08:00:00Z.`,
  );
}

const charsetOf = (type: string | undefined): string | undefined => /charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? '')?.[1];

function keyOf({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key.length >= 1 && key.length <= longestKey) return key;
  throw new DomainError('BAD_REQUEST', `\`Idempotency-Key\` takes 1 to ${longestKey} characters.`);
}

/** Where suppliers send a price list as it lies in a file: CSV, JSON lines or a Peppol Catalogue. */
export function serveOfferImport(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = suppliersContext(environment);
  server.post(offerImportPath, async (request) => {
    requireRule(request.caller.viewer, writesOffers);
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (encoding !== 'identity')
      throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as it is, without a `Content-Encoding`.');
    const { supplier = null, dryRun, observedAt } = queryOf(request);
    return new OfferImportService(contextOf(request.caller)).run({
      supplierId: supplier,
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      encoding: charsetOf(request.headers['content-type']),
      idempotencyKey: keyOf(request),
      observedAt: observedAt ? new Date(observedAt) : null,
      dryRun: dryRun === 'true',
    });
  });
}
