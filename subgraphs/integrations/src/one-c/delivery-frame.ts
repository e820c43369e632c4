import { createHash } from 'node:crypto';
import type { IntegrationsContext } from '../context.ts';
import { PeerError } from '../peer.ts';
import { quote } from '../row/row-error.ts';
import { DeliveryDelay, DeliveryTrouble } from './delivery-trouble.ts';
import { readObservedAt } from './observed-at.ts';
import type { OneCDeliveryEntity } from './one-c-delivery.entity.ts';
import { type OneCTrigger, OneCTriggerRepository } from './one-c-trigger.repository.ts';
import { parsePayload, readPayload, type StockPayload } from './stock-payload.ts';

/** A delivery that is understood: which warehouse, which moment, which rows. */
export interface DeliveryFrame extends StockPayload {
  readonly warehouse: string;
  readonly warehouseId: string;
  readonly observedAt: Date;
  /** Whether its moment comes with it, from the payload or by its token: then the same bytes say the same whenever they come. */
  readonly namesItsMoment: boolean;
  readonly trigger: OneCTrigger | null;
  /** What the parts of one snapshot have in common; null for one that stands alone. */
  readonly snapshotKey: Buffer | null;
}

async function findWarehouse(context: IntegrationsContext, name: string | null) {
  if (name === null)
    throw new DeliveryTrouble('MISSING_WAREHOUSE', 'The body names no `warehouse_id_1c`, and no trigger asked for it.');
  try {
    const warehouse = (await context.warehouses.find(context.inventory, [name]))(name);
    if (warehouse) return warehouse;
  } catch (error) {
    if (error instanceof PeerError) throw new DeliveryDelay('INVENTORY_UNAVAILABLE', 'Inventory could not be reached.');
    throw error;
  }
  throw new DeliveryTrouble(
    'UNKNOWN_WAREHOUSE',
    `No warehouse is called ${quote(name)} in 1C. Declare it, then replay this delivery.`,
  );
}

/** Parts belong together by the token of one trigger, or else by the one moment that they all name. */
function snapshotKeyOf(
  { mode, complete }: StockPayload,
  { tokenHash }: OneCDeliveryEntity,
  trigger: OneCTrigger | null,
  warehouseId: string,
  ownMoment: Date | null,
): Buffer | null {
  if (mode !== 'SNAPSHOT') return null;
  if (trigger) return tokenHash;
  if (ownMoment) return createHash('sha256').update(`${warehouseId} ${ownMoment.toISOString()}`).digest();
  if (complete) return null;
  throw new DeliveryTrouble(
    'UNTIED_PART',
    'A part of a snapshot must say which: call back with the token of the trigger, or send the same `observed_at` with all parts.',
  );
}

/** Reads a delivery. What is wrong with it comes out as a trouble, and nothing was applied. */
export async function frameDelivery(
  context: IntegrationsContext,
  delivery: OneCDeliveryEntity,
): Promise<DeliveryFrame> {
  const payload = readPayload(parsePayload(delivery));
  const { tokenHash, receivedAt } = delivery;
  const trigger = tokenHash && (await new OneCTriggerRepository(context.manager).findByTokenHash(tokenHash));
  const ownMoment = readObservedAt(payload.observedAt, receivedAt, context.settings.oneC.timeZone);
  const warehouse = await findWarehouse(context, payload.warehouse ?? trigger?.externalId ?? null);
  if (trigger && trigger.warehouseId !== warehouse.id)
    throw new DeliveryTrouble(
      'OTHER_WAREHOUSE',
      `The body is about the warehouse ${quote(warehouse.externalId)}, and its token is of a request for ${quote(trigger.externalId)}.`,
    );
  return {
    ...payload,
    warehouse: warehouse.externalId,
    warehouseId: warehouse.id,
    observedAt: ownMoment ?? trigger?.requestedAt ?? receivedAt,
    namesItsMoment: ownMoment !== null || trigger !== null,
    trigger,
    snapshotKey: snapshotKeyOf(payload, delivery, trigger, warehouse.id, ownMoment),
  };
}
