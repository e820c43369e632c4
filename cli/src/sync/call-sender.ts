import type { PlannedCall } from './plan-calls.ts';
import type { RowResult, SyncGraph, SyncPayload } from './sync-graph.ts';
import { untilApplied } from './until-applied.ts';

export interface SenderOptions {
  source: string;
  runId: string;
  observedAt: string;
}

/** Sends a planned call under its own idempotency key: sent twice, it is applied once. */
export class CallSender {
  constructor(
    private readonly graph: SyncGraph,
    private readonly options: SenderOptions,
  ) {}

  /** One result for each row of the call, in its order. */
  async send(call: PlannedCall): Promise<RowResult[]> {
    const payload = await untilApplied(() => this.#once(call));
    const byIndex = new Map(payload.results.map((result) => [result.index, result]));
    return call.rows.map((_, index) => byIndex.get(index) ?? this.#unanswered(index, payload));
  }

  /** A row that the payload passes over is no success. */
  #unanswered(index: number, { userErrors: [error] }: SyncPayload): RowResult {
    const { code, message } = error ?? { code: 'NOT_ANSWERED', message: 'the server gave no result for this row' };
    return { index, outcome: 'REJECTED', errors: [{ code, field: null, message }] };
  }

  #once(call: PlannedCall): Promise<SyncPayload> {
    const { source, runId, observedAt } = this.options;
    const key = { source, runId, idempotencyKey: `${runId}:${call.number}`, observedAt };
    if (call.kind === 'goods') return this.graph.syncProducts({ ...key, items: call.rows.map(({ item }) => item) });
    return this.graph.syncStocks({ ...key, warehouse: call.warehouse, items: call.rows.map(({ item }) => item) });
  }
}
