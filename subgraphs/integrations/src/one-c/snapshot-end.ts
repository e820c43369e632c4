import { DomainError } from '@gastronom/shared/domain-error';
import type { IntegrationsContext } from '../context.ts';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRunService } from '../sync/sync-run.service.ts';
import { DeliveryDelay } from './delivery-trouble.ts';
import type { OneCDeliveryEntity } from './one-c-delivery.entity.ts';
import { OneCDeliveryRepository, type SnapshotParts } from './one-c-delivery.repository.ts';

/** How a delivery stands once its rows are in. */
export type Standing = Pick<OneCDeliveryEntity, 'status' | 'failureCode' | 'failureMessage'>;

const number = (value: number): string => value.toLocaleString('en');

/** Why a snapshot whose last part is here must not end yet. */
function whyOpen({ items, total, unapplied }: SnapshotParts): string | undefined {
  if (total !== null && items !== total)
    return `The parts hold ${number(items)} of the ${number(total)} items that \`total\` announces: nothing was set to zero.`;
  if (total === null && unapplied > 0)
    return `${number(unapplied)} parts that came before are not applied: nothing was set to zero. Send \`total\` with the last part, so that what is missing is known.`;
  return undefined;
}

const ofRows = ({ rejected }: OneCDeliveryEntity): Standing => ({
  status: rejected ? 'PARTLY_APPLIED' : 'APPLIED',
  failureCode: null,
  failureMessage: null,
});

async function finish(context: IntegrationsContext, runId: string): Promise<SyncRunEntity> {
  try {
    return await new SyncRunService(context).finish(runId);
  } catch (error) {
    if (error instanceof DomainError) throw new DeliveryDelay(error.code, error.message);
    throw error;
  }
}

/**
 * Ends the run of a delivery whose rows are in: of a snapshot only once all its parts are, so that a feed which was cut
 * off sets nothing to zero. A part that comes late ends what waited for it.
 */
export async function endRun(
  context: IntegrationsContext,
  run: SyncRunEntity,
  delivery: OneCDeliveryEntity,
): Promise<Standing> {
  const deliveries = new OneCDeliveryRepository(context.manager);
  if (run.mode === 'SNAPSHOT' && run.status === 'RUNNING') {
    const parts = await deliveries.partsOfRun(run.id);
    if (!parts.hasEnd) return ofRows(delivery);
    const message = whyOpen(parts);
    if (message) {
      await deliveries.updateIncomplete(run.id, message);
      return delivery.complete
        ? { status: 'PARTLY_APPLIED', failureCode: 'INCOMPLETE_SNAPSHOT', failureMessage: message }
        : ofRows(delivery);
    }
  }
  const ended = run.status === 'RUNNING' ? await finish(context, run.id) : run;
  if (ended.mode === 'DELTA') return ofRows(delivery);
  const isHeld = ended.status === 'HELD';
  await deliveries.updateParts(ended.id, isHeld ? 'HELD' : 'APPLIED');
  return isHeld ? { ...ofRows(delivery), status: 'HELD' } : ofRows(delivery);
}
