import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import { UpsertOffersInput } from './offer-row.inputs.ts';
import { OfferUpsertService, type UpsertAnswer } from './offer-upsert.service.ts';
import { UpsertOffersPayload } from './offer-upsert.type.ts';

/** The answer, with its outcomes counted. */
function toPayload(answer: UpsertAnswer): UpsertOffersPayload {
  const count = (wanted: string) => answer.results.filter(({ outcome }) => outcome === wanted).length;
  return {
    ...answer,
    created: count('CREATED'),
    updated: count('UPDATED'),
    unchanged: count('UNCHANGED'),
    stale: count('STALE'),
    rejected: count('REJECTED'),
  };
}

@Resolver()
export class OfferUpsertResolver {
  @Mutation(() => UpsertOffersPayload, {
    description:
      'Makes and changes offers of a supplier, each known by its own code: a bad row is reported and harms no other. For members of the supplier’s organization, admins, and API keys with the scope offers:write.',
  })
  async upsertOffers(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => UpsertOffersInput, { description: 'The offers.' }) input: UpsertOffersInput,
  ): Promise<UpsertOffersPayload> {
    const { supplierId = null, idempotencyKey = null, observedAt = null, dryRun, items } = input;
    const rows = items.map((item) => ({ line: null, item }));
    return toPayload(
      await new OfferUpsertService(context).submit({ supplierId, idempotencyKey, observedAt, dryRun, rows }),
    );
  }
}
