import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeNameCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isUUID } from '@gastronom/shared/id';
import { containing, storable } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { OfferEntity } from './offer.entity.ts';
import { OfferFilter } from './offer.inputs.ts';
import { OfferRepository, type OfferSearch } from './offer.repository.ts';
import { Offer, OfferConnection } from './offer.type.ts';
import { visibleOffer } from './visible-offer.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** A GTIN with and without the zeros that fill it up to 8, 12, 13 or 14 digits: all mean the same. */
function writingsOf(gtin: string): string[] {
  const digits = gtin.replace(/\D/g, '').replace(/^0+/, '');
  return [8, 12, 13, 14].filter((length) => length >= digits.length).map((length) => digits.padStart(length, '0'));
}

/** What the filter asks for; an id that is none finds nothing. */
function searchOf({ supplierId, text, gtin, productSku }: OfferFilter): OfferSearch {
  return {
    supplierId: supplierId ? (isUUID(supplierId) ? supplierId : nobody) : undefined,
    like: text?.trim() ? containing(text) : undefined,
    text: text ? storable(text) : undefined,
    gtins: gtin ? writingsOf(storable(gtin)) : undefined,
    productSku: productSku ? storable(productSku) : undefined,
  };
}

@Resolver()
export class OfferListResolver {
  @Query(() => Offer, {
    nullable: true,
    description:
      'An offer by its id, a removed one too; null where there is none, or it is none of the viewer’s business. The shop’s own are for everybody.',
  })
  offer(
    @Ctx() context: SuppliersContext,
    @Arg('id', () => ID, { description: 'Its id: a UUID, or `house:` and the SKU.' }) id: string,
  ): Promise<OfferEntity | null> {
    return visibleOffer(context, id);
  }

  @Query(() => OfferConnection, {
    description:
      'What suppliers offer, by name. Restaurants and staff see each supplier’s, suppliers their own. The shop’s own goods are in `products`.',
  })
  async offers(
    @Ctx() { manager, viewer }: SuppliersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('filter', () => OfferFilter, { nullable: true, description: 'Which; all by default.' })
    filter?: OfferFilter | null,
  ): Promise<Connection<OfferEntity>> {
    const size = pageSize(first);
    const search = searchOf(filter ?? {});
    const sort = `offers:${JSON.stringify(search)}`;
    const place = decodeNameCursor(after, sort);
    const rows = await new OfferRepository(manager).list(search, viewer, size + 1, place);
    return toConnection(toPage(rows, size), ({ name, id }) => encodeCursor(sort, [name, id]), after);
  }
}
