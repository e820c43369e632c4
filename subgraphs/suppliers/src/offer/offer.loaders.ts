import { isUUID } from '@gastronom/shared/id';
import DataLoader from 'dataloader';
import type { HouseProduct } from '../house/house.client.ts';
import { HouseClient } from '../house/house.client.ts';
import { type HouseOffer, houseOffer, houseSkuOf } from '../house/house-offer.ts';
import type { LoaderGround } from '../loader-ground.ts';
import type { OfferPriceEntity } from '../price/offer-price.entity.ts';
import { OfferPriceRepository } from '../price/offer-price.repository.ts';
import { houseId } from '../supplier/supplier.entity.ts';
import { buyerOf } from '../supplier/supplier-access.ts';
import type { OfferEntity } from './offer.entity.ts';
import { OfferRepository } from './offer.repository.ts';

/** The shop's goods as an offer, with what comparing it with others needs. */
export interface HouseGood {
  readonly product: HouseProduct;
  readonly offer: HouseOffer;
}

/** Offers of one request: any number of them is one statement of each kind. */
export class OfferLoaders {
  /** By id, the shop's own too; whoever asks must look whether the viewer may see it. */
  readonly byId: DataLoader<string, OfferEntity | null>;
  /** By SKU; null where the catalogue knows no such goods. */
  readonly house: DataLoader<string, HouseGood | null>;
  /** By SKU: what suppliers that trade offer of it, as far as the viewer sees it. */
  readonly ofProduct: DataLoader<string, readonly OfferEntity[]>;
  /** By offer: prices that are meant for the viewer, at this moment. */
  readonly ownPrices: DataLoader<string, readonly OfferPriceEntity[]>;
  /** By offer: all prices, for those who set them. */
  readonly allPrices: DataLoader<string, readonly OfferPriceEntity[]>;

  constructor(ground: LoaderGround) {
    const { manager, viewer, clock } = ground;
    const offers = new OfferRepository(manager);
    const prices = new OfferPriceRepository(manager);
    const byOffer = (rows: readonly OfferPriceEntity[], ids: readonly string[]) => {
      const found = Map.groupBy(rows, ({ offerId }) => offerId);
      return ids.map((id) => found.get(id) ?? []);
    };
    this.house = new DataLoader((skus) => loadHouse(ground, skus));
    this.byId = new DataLoader((ids) => this.#load(offers, ids));
    this.ofProduct = new DataLoader(async (skus) => {
      const found = Map.groupBy(await offers.listOfProducts(skus, viewer), ({ productSku }) => productSku);
      return skus.map((sku) => found.get(sku) ?? []);
    });
    this.ownPrices = new DataLoader(async (ids) =>
      byOffer(await prices.listFor(ids, buyerOf(viewer), new Date(clock())), ids),
    );
    this.allPrices = new DataLoader(async (ids) => byOffer(await prices.listAll(ids), ids));
  }

  async #load(offers: OfferRepository, ids: readonly string[]): Promise<(OfferEntity | null)[]> {
    const rows = await offers.listByIds(ids.filter(isUUID));
    const found = new Map(rows.map((row) => [row.id, row]));
    return Promise.all(
      ids.map(async (id) => {
        const sku = houseSkuOf(id);
        return sku === null ? (found.get(id.toLowerCase()) ?? null) : ((await this.house.load(sku))?.offer ?? null);
      }),
    );
  }
}

async function loadHouse(ground: LoaderGround, skus: readonly string[]): Promise<(HouseGood | null)[]> {
  const client = new HouseClient(ground);
  const [house, products] = await Promise.all([ground.suppliers.load(houseId), client.listProducts(skus)]);
  const available = await client.listAvailable(products);
  const found = new Map(products.map((product) => [product.sku, product]));
  return skus.map((sku) => {
    const product = found.get(sku);
    return product && house ? { product, offer: houseOffer(product, house, available.get(sku) ?? '0') } : null;
  });
}
