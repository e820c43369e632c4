import type { PlannedCall } from './plan-calls.ts';
import type { RowResult, SyncGraph, SyncPayload } from './sync-graph.ts';
import { untilApplied, wasNotApplied } from './until-applied.ts';

export interface SenderOptions {
  source: string;
  runId: string;
  observedAt: string;
}

/** A row that the payload passes over is no success. */
const unanswered = (index: number): RowResult => ({
  index,
  outcome: 'REJECTED',
  errors: [{ code: 'NOT_ANSWERED', field: null, message: 'the server gave no result for this row' }],
});

export interface CallAnswer {
  /** One for each row of the call, in its order. */
  results: RowResult[];
  /** Why the call must be sent again, where a part of the server could not apply it. */
  undone: string | undefined;
}

/** Sends a planned call under its own idempotency key: sent twice, it is applied once. */
export class CallSender {
  constructor(
    private readonly graph: SyncGraph,
    private readonly options: SenderOptions,
  ) {}

  async send(call: PlannedCall): Promise<CallAnswer> {
    const payload = await untilApplied(() => this.#once(call));
    const byIndex = new Map(payload.results.map((result) => [result.index, result]));
    const results = call.rows.map((_, index) => byIndex.get(index) ?? unanswered(index));
    const undone = payload.userErrors[0]?.message ?? 'some rows were not applied.';
    return { results, undone: wasNotApplied(payload) ? undone : undefined };
  }

  #once(call: PlannedCall): Promise<SyncPayload> {
    const { source, runId, observedAt } = this.options;
    const key = { source, runId, idempotencyKey: `${runId}:${call.number}`, observedAt };
    if (call.kind === 'goods') return this.graph.syncProducts({ ...key, items: call.rows.map(({ item }) => item) });
    return this.graph.syncStocks({ ...key, warehouse: call.warehouse, items: call.rows.map(({ item }) => item) });
  }
}
