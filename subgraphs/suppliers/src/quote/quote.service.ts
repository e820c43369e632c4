import { isUUID } from '@gastronom/shared/id';
import type { SuppliersContext } from '../context.ts';
import { HouseClient } from '../house/house.client.ts';
import { type HouseOffer, houseOffer, houseSkuOf } from '../house/house-offer.ts';
import type { OfferEntity } from '../offer/offer.entity.ts';
import { OfferRepository } from '../offer/offer.repository.ts';
import type { OfferPriceEntity } from '../price/offer-price.entity.ts';
import { OfferPriceRepository } from '../price/offer-price.repository.ts';
import { houseId } from '../supplier/supplier.entity.ts';
import type { DeliveringSupplier } from '../terms/delivery-terms.repository.ts';
import { nextDeliveries } from '../terms/next-deliveries.ts';
import type { QuoteRequest } from './quote.inputs.ts';
import { type QuoteLine, quoteLine } from './quote-line.ts';

const deliveriesTold = 14;

/** Tells orders what lines cost and under which terms they are delivered: a statement each, however many lines. */
export class QuoteService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  async quote({ buyer, at, lines }: QuoteRequest): Promise<{ suppliers: object[]; lines: QuoteLine[] }> {
    const moment = at ? new Date(at) : new Date(this.#context.clock());
    const ids = [...new Set(lines.map(({ offerId }) => offerId))];
    const offers = [...(await this.#housesOffers(ids)), ...(await this.#othersOffers(ids))];
    const organizationId = buyer?.kind === 'ORGANIZATION' ? buyer.id : null;
    const rows = await this.#prices(offers.map(({ id }) => id).filter(isUUID), organizationId, moment);
    const suppliers = await this.#suppliersOf(offers);
    const facts = {
      buyer,
      at: moment,
      suppliers: new Map(suppliers.map((supplier) => [supplier.id, supplier])),
      offers: new Map(offers.map((offer) => [offer.id, offer])),
      prices: Map.groupBy(rows, ({ offerId }) => offerId),
    };
    const quoted = lines.map((line) => quoteLine(line, facts));
    const concerned = new Set(quoted.map(({ supplierId }) => supplierId));
    const told = suppliers.filter(({ id }) => concerned.has(id));
    return { suppliers: told.map((supplier) => termsOf(supplier, moment)), lines: quoted };
  }

  async #housesOffers(ids: readonly string[]): Promise<HouseOffer[]> {
    const skus = ids.map(houseSkuOf).filter((sku) => sku !== null);
    if (skus.length === 0) return [];
    const client = new HouseClient(this.#context);
    const [house, products] = await Promise.all([
      this.#context.loaders.deliveringSuppliers.load(houseId),
      client.listProducts(skus),
    ]);
    const available = await client.listAvailable(products);
    return house ? products.map((product) => houseOffer(product, house, available.get(product.sku) ?? '0')) : [];
  }

  async #othersOffers(ids: readonly string[]): Promise<OfferEntity[]> {
    const known = ids.filter(isUUID);
    return known.length > 0 ? new OfferRepository(this.#context.manager).listByIds(known) : [];
  }

  /** None of the house's: their price is the catalogue's. */
  async #prices(ids: readonly string[], organizationId: string | null, at: Date): Promise<OfferPriceEntity[]> {
    return ids.length > 0 ? new OfferPriceRepository(this.#context.manager).listFor(ids, organizationId, at) : [];
  }

  async #suppliersOf(offers: readonly OfferEntity[]): Promise<DeliveringSupplier[]> {
    const ids = [...new Set(offers.map(({ supplierId }) => supplierId))];
    const found = await Promise.all(ids.map((id) => this.#context.loaders.deliveringSuppliers.load(id)));
    return found.filter((supplier) => supplier !== null);
  }
}

function termsOf(supplier: DeliveringSupplier, at: Date): object {
  const { id, organizationId, isHouse, name, currency, timeZone, cancelUntil } = supplier;
  const { windows, exceptions, minimumAmount, minimumIsHard, deliveryFee, deliveryFreeFrom } = supplier;
  return {
    ...{ id, organizationId, isHouse, name, currency, timeZone, cancelUntil },
    minimum: minimumAmount === null ? null : { amount: minimumAmount, hard: minimumIsHard },
    delivery: deliveryFee === null ? null : { fee: deliveryFee, freeFrom: deliveryFreeFrom },
    // Whether it has said when it delivers; one that has not takes orders for no particular day.
    hasDeliveryDays: windows.length > 0,
    days: nextDeliveries({ supplier, windows, exceptions }, at, deliveriesTold).map((delivery) => ({
      ...delivery,
      cutOffAt: delivery.cutOffAt.toISOString(),
    })),
  };
}
