import { isUUID } from '@gastronom/shared/id';
import { Json } from '@gastronom/shared/scalars';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import { parseInternal } from '../parse.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { quoteSchema } from './quote.inputs.ts';
import { QuoteService } from './quote.service.ts';

/** Who a supplier is, for other parts of the product. */
type DirectoryEntry = Pick<SupplierEntity, 'id' | 'name' | 'organizationId' | 'isHouse'>;

const entryOf = ({ id, name, organizationId, isHouse }: SupplierEntity): DirectoryEntry => ({
  ...{ id, name, organizationId, isHouse },
});

/** What orders and integrations ask of suppliers. */
@Resolver()
export class QuoteResolver {
  @Directive('@inaccessible')
  @Query(() => Json, {
    description:
      'Prices and terms of lines for a buyer: `{ suppliers: [{ id, organizationId, isHouse, name, currency, minimum, delivery, hasDeliveryDays, days: [{ on, from, to, cutOffAt }], timeZone, cancelUntil }], lines: [{ key, offerId, status, … }] }`, lines in their order. Status: OK, UNKNOWN_OFFER and NOT_FOR_THIS_BUYER (both tell nothing else), NOT_AVAILABLE, NO_PRICE. For orders.',
  })
  quoteOffers(
    @Ctx() context: SuppliersContext,
    @Arg('input', () => Json, {
      description:
        '`{ buyer: { kind: USER or ORGANIZATION, id } or null, at?, lines: [{ key, offerId, quantity }] }`: 1 to 500 lines.',
    })
    input: unknown,
  ): Promise<object> {
    return new QuoteService(context).quote(parseInternal(quoteSchema, input, 'request for a quote'));
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    description: 'Who suppliers are: `[{ id, name, organizationId, isHouse }]` of those that there are.',
  })
  async supplierDirectory(
    @Ctx() { manager }: SuppliersContext,
    @Arg('ids', () => [ID], { description: 'Their ids (UUID).' }) ids: string[],
  ): Promise<DirectoryEntry[]> {
    return (await new SupplierRepository(manager).byIds(ids.filter(isUUID))).map(entryOf);
  }

  @Directive('@inaccessible')
  @Query(() => Json, {
    nullable: true,
    description: 'The supplier for which an organization speaks: `{ id, name, organizationId, isHouse }`, or null.',
  })
  async supplierOfOrganization(
    @Ctx() { manager }: SuppliersContext,
    @Arg('organizationId', () => ID, { description: 'The organization’s id (UUID).' }) organizationId: string,
  ): Promise<DirectoryEntry | null> {
    const supplier = isUUID(organizationId) ? await new SupplierRepository(manager).findOf(organizationId) : null;
    return supplier && entryOf(supplier);
  }
}
