import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import { ownsRow } from '../ownership.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProductRepository } from '../tracked-product/tracked-product.repository.ts';
import type { PriceAlertEntity } from './price-alert.entity.ts';
import { priceAlertError } from './price-alert.errors.ts';
import type { CreatePriceAlertInput, UpdatePriceAlertInput } from './price-alert.inputs.ts';
import { PriceAlertRepository, type PriceAlertValues } from './price-alert.repository.ts';
import { longestSnoozeMs, mostAlerts, problemsOf } from './price-alert.rules.ts';

export interface AlertAnswer {
  readonly alert: PriceAlertEntity | null;
  readonly userErrors: readonly UserError[];
}

const refused = (...userErrors: UserError[]): AlertAnswer => ({ alert: null, userErrors });
const noProduct = priceAlertError('NOT_FOUND', ['input', 'productId'], 'There is no such tracked product of yours.');
const noAlert = (field: string[]) => priceAlertError('NOT_FOUND', field, 'There is no such alert of yours.');
const tooMany = priceAlertError('TOO_MANY', ['input', 'productId'], `A product has at most ${mostAlerts} alerts.`);
const noTarget = priceAlertError('NO_TARGET', ['input', 'targetPrice'], 'Give the alert a target, or the product one.');

const blank: PriceAlertValues = {
  scope: 'ANY_URL',
  targetPrice: null,
  targetCurrency: null,
  percent: null,
  days: null,
  isEnabled: true,
};

/** The alert as it is to be: what the input leaves out stays. */
function valuesOf(input: Partial<UpdatePriceAlertInput>, before: PriceAlertValues): PriceAlertValues {
  const { scope, targetPrice, dropPercent, days, isEnabled } = input;
  const percent = dropPercent === null || dropPercent === undefined ? null : String(dropPercent);
  return {
    scope: scope ?? before.scope,
    targetPrice: targetPrice === undefined ? before.targetPrice : (targetPrice?.amount ?? null),
    targetCurrency: targetPrice === undefined ? before.targetCurrency : (targetPrice?.currencyCode ?? null),
    percent: dropPercent === undefined ? before.percent : percent,
    days: days === undefined ? before.days : days,
    isEnabled: isEnabled ?? before.isEnabled,
  };
}

const lacksTarget = (kind: string, { targetPrice }: PriceAlertValues, product: TrackedProductEntity): boolean =>
  kind === 'BELOW_TARGET' && targetPrice === null && product.targetPrice === null;

/** Makes, changes, snoozes and deletes alerts. The product is locked first, as by whoever records its prices. */
export class PriceAlertService {
  readonly #context: PriceTrackingContext;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
  }

  create(input: CreatePriceAlertInput): Promise<AlertAnswer> {
    const { kind } = input;
    const values = valuesOf(input, blank);
    return inTransaction(this.#context.manager, async (manager) => {
      const product = await this.#lockProduct(manager, input.productId);
      if (!product) return refused(noProduct);
      const problems = problemsOf({ ...values, kind });
      if (problems.length > 0) return refused(...problems);
      if (lacksTarget(kind, values, product)) return refused(noTarget);
      const alerts = new PriceAlertRepository(manager);
      const { id: productId, ownerId } = product;
      if ((await alerts.count({ ownerId, productId })) >= mostAlerts) return refused(tooMany);
      return { alert: await alerts.insert({ ...values, kind, ownerId, productId }), userErrors: [] };
    });
  }

  update(input: UpdatePriceAlertInput): Promise<AlertAnswer> {
    return this.#change(input.id, ['input', 'id'], async (alerts, alert, product) => {
      const values = valuesOf(input, alert);
      const problems = problemsOf({ ...values, kind: alert.kind });
      if (problems.length > 0) return refused(...problems);
      if (lacksTarget(alert.kind, values, product)) return refused(noTarget);
      return { alert: await alerts.update(alert, values), userErrors: [] };
    });
  }

  snooze(id: string, until: Date | null): Promise<AlertAnswer> {
    const now = this.#context.clock();
    const away = until ? until.getTime() - now : 1;
    if (away <= 0 || away > longestSnoozeMs) {
      const message = 'An alert is snoozed until a moment that is still to come, within ten years.';
      return Promise.resolve(refused(priceAlertError('NOT_IN_FUTURE', ['until'], message)));
    }
    return this.#change(id, ['id'], async (alerts, alert) => {
      await alerts.snooze(alert.id, new Date(now), until);
      const [after] = await alerts.byIds([alert.id]);
      return { alert: after ?? null, userErrors: [] };
    });
  }

  async delete(id: string): Promise<{ deletedAlertId: string | null; userErrors: readonly UserError[] }> {
    const { alert, userErrors } = await this.#change(id, ['id'], async (alerts, found) => {
      await alerts.delete(found.id);
      return { alert: found, userErrors: [] };
    });
    return { deletedAlertId: alert?.id ?? null, userErrors };
  }

  async #lockProduct(manager: EntityManager, id: string): Promise<TrackedProductEntity | null> {
    const [product] = isUUID(id) ? await new TrackedProductRepository(manager).lock([id]) : [];
    return product && ownsRow(this.#context.viewer, product) ? product : null;
  }

  #change(
    id: string,
    field: string[],
    change: (
      alerts: PriceAlertRepository,
      alert: PriceAlertEntity,
      product: TrackedProductEntity,
    ) => Promise<AlertAnswer>,
  ): Promise<AlertAnswer> {
    return inTransaction(this.#context.manager, async (manager) => {
      const alerts = new PriceAlertRepository(manager);
      const find = async () => (isUUID(id) ? (await alerts.byIds([id]))[0] : undefined);
      const found = await find();
      const product = found && (await this.#lockProduct(manager, found.productId));
      // As it is now that nobody else can change it.
      const alert = product && (await find());
      return alert ? change(alerts, alert, product) : refused(noAlert(field));
    });
  }
}
