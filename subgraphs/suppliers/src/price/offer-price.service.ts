import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import { AccountsClient } from '../accounts/accounts.client.ts';
import type { SuppliersContext } from '../context.ts';
import { CustomerGroupRepository } from '../group/customer-group.repository.ts';
import type { OfferEntity } from '../offer/offer.entity.ts';
import { offerError } from '../offer/offer.errors.ts';
import { OfferRepository } from '../offer/offer.repository.ts';
import { SupplierRepository } from '../supplier/supplier.repository.ts';
import { maySell } from '../supplier/supplier-access.ts';
import type { OfferPriceEntity } from './offer-price.entity.ts';
import type { OfferPriceInput, SetOfferPricesInput } from './offer-price.inputs.ts';
import { type NewPrice, OfferPriceRepository } from './offer-price.repository.ts';
import { pricesProblems } from './offer-price.rules.ts';

export interface OfferAnswer {
  readonly offer: OfferEntity | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: UserError[]): OfferAnswer => ({ offer: null, userErrors });
const notFound = (field: string): UserError =>
  offerError('NOT_FOUND', ['input', field], 'There is no such offer of yours.');

const newPrice = ({
  groupId,
  organizationId,
  fromQuantity,
  amount,
  validFrom,
  validUntil,
}: OfferPriceInput): NewPrice => ({
  scope: groupId ? 'GROUP' : organizationId ? 'CUSTOMER' : 'LIST',
  groupId: groupId ?? null,
  organizationId: organizationId ?? null,
  fromQuantity: fromQuantity ?? '0',
  amount,
  validFrom: validFrom ?? null,
  validUntil: validUntil ?? null,
});

/** A price as the audit log shows it. */
const shown = ({
  scope,
  groupId,
  organizationId,
  fromQuantity,
  amount,
  validFrom,
  validUntil,
}: NewPrice | OfferPriceEntity) => ({
  ...{ scope, groupId, organizationId, fromQuantity, amount, validFrom, validUntil },
});

/** Sets prices of single offers, and takes offers off the list. */
export class OfferPriceService {
  readonly #context: SuppliersContext;

  constructor(context: SuppliersContext) {
    this.#context = context;
  }

  async setPrices({ offerId, prices }: SetOfferPricesInput): Promise<OfferAnswer> {
    const problems = pricesProblems(prices);
    if (problems.length > 0) return refused(...problems);
    const strangers = await this.#unknownCustomers(prices);
    return inTransaction(this.#context.manager, async (manager) => {
      const offer = await this.#own(manager, offerId);
      if (!offer) return refused(notFound('offerId'));
      const groups = await new CustomerGroupRepository(manager).listIds(offer.supplierId);
      const unknown = unknownPeople(prices, new Set(groups), strangers);
      if (unknown.length > 0) return refused(...unknown);
      const rows = prices.map(newPrice);
      const repository = new OfferPriceRepository(manager);
      const before = await repository.listAll([offer.id]);
      await repository.replaceAll(offer.id, rows);
      await new OfferRepository(manager).markObserved(offer.id, new Date(this.#context.clock()));
      await recordAudit(this.#context.jobs, manager, this.#context, {
        action: 'offer-prices.set',
        subject: { type: 'Offer', id: offer.id },
        before: { prices: before.map(shown) },
        after: { prices: rows.map(shown) },
      });
      this.#context.loaders.offers.ownPrices.clear(offer.id);
      this.#context.loaders.offers.allPrices.clear(offer.id);
      return { offer, userErrors: [] };
    });
  }

  /** The offer, locked, if the viewer sells it. */
  async #own(manager: EntityManager, id: string): Promise<OfferEntity | null> {
    const offer = isUUID(id) ? await new OfferRepository(manager).lock(id) : null;
    const [supplier] = offer ? await new SupplierRepository(manager).byIds([offer.supplierId]) : [];
    return supplier && maySell(this.#context.viewer, supplier) ? offer : null;
  }

  async #unknownCustomers(prices: readonly OfferPriceInput[]): Promise<ReadonlySet<string>> {
    const named = [...new Set(prices.flatMap(({ organizationId }) => organizationId?.toLowerCase() ?? []))];
    const known = await new AccountsClient(this.#context).listRestaurants(named);
    return new Set(named.filter((id) => !known.has(id)));
  }
}

/** Groups that are not the supplier's, and customers that there are not. */
function unknownPeople(
  prices: readonly OfferPriceInput[],
  groups: ReadonlySet<string>,
  strangers: ReadonlySet<string>,
): UserError[] {
  return prices.flatMap(({ groupId, organizationId }, index) => {
    const path = (field: string) => ['input', 'prices', String(index), field];
    if (groupId && !groups.has(groupId.toLowerCase()))
      return [offerError('UNKNOWN_GROUP', path('groupId'), 'The supplier has no such group.')];
    return organizationId && strangers.has(organizationId.toLowerCase())
      ? [offerError('UNKNOWN_CUSTOMER', path('organizationId'), 'There is no such restaurant.')]
      : [];
  });
}
