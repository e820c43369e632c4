import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncPayload } from './sync-graph.ts';

const waits = [500, 2_000, 5_000];

/** Whether a part of the server left rows of the call undone. */
export const wasNotApplied = ({ userErrors, results }: SyncPayload) =>
  userErrors.length > 0 || results.some((row) => row.errors.some((error) => error.code === 'NOT_APPLIED'));

/** Sends a call again while a part of the server could not apply it: the same call heals what was left undone. */
export async function untilApplied(send: () => Promise<SyncPayload>): Promise<SyncPayload> {
  let payload = await send();
  for (const wait of waits) {
    if (!wasNotApplied(payload)) break;
    await sleep(wait);
    payload = await send();
  }
  return payload;
}
