import { storable } from '@gastronom/shared/storable-text';
import type { SuppliersContext } from '../context.ts';
import { seesOffersOf } from '../supplier/supplier-access.ts';
import type { OfferEntity } from './offer.entity.ts';

const longestId = 400;

/** An offer that the viewer may see; one that they may not is as if it did not exist. */
export async function visibleOffer({ loaders, viewer }: SuppliersContext, id: string): Promise<OfferEntity | null> {
  const offer = await loaders.offers.byId.load(storable(id, longestId));
  const supplier = offer && (await loaders.suppliers.load(offer.supplierId));
  return supplier && seesOffersOf(viewer, supplier) ? offer : null;
}
