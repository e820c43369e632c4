import { createHash } from 'node:crypto';
import type { Place } from '@gastronom/commerceml/row';
import type { IntegrationsContext } from '../context.ts';
import { rowError } from '../row/row-error.ts';
import { refused } from '../sync/row-answer.ts';
import type { BatchKind } from '../sync/sync-batch.entity.ts';
import { type Apply, type SyncAnswer, SyncBatchService } from '../sync/sync-batch.service.ts';
import { mostRows, readCall } from '../sync/sync-call.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';

/** A row that could not be read, kept among the rejected rows of the run. */
export interface UnreadableRow {
  readonly place: Place;
  readonly sku: string | null;
  readonly reason: string;
  readonly field: string | null;
  readonly row: unknown;
}

export type BatchRow<Item> = { readonly item: Item } | { readonly unreadable: UnreadableRow };

/** Part of the server could not do its share: the same file, tried again later, heals it. */
export class NotAppliedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAppliedError';
  }
}

const shownRow = <Item extends object>(row: BatchRow<Item>): object =>
  'item' in row ? row.item : { line: row.unreadable.place.line, row: row.unreadable.row };

/** Applies the rows that can be read, and answers for the others that they cannot. */
function applyReadable<Item>(rows: readonly BatchRow<Item>[], apply: (items: Item[]) => Apply): Apply {
  const positions = rows.flatMap((row, index) => ('item' in row ? [index] : []));
  const places = new Map(positions.map((index, place) => [index, place]));
  const items = rows.flatMap((row) => ('item' in row ? [row.item] : []));
  return async (scope) => {
    const applied = await apply(items)(scope);
    const answers = rows.map((row, index) => {
      if ('unreadable' in row) {
        const { sku, field, reason } = row.unreadable;
        return refused(index, sku, [rowError('UNREADABLE', field, reason)]);
      }
      const answer = applied.answers[places.get(index) ?? -1];
      return answer ? { ...answer, index } : refused(index, null, []);
    });
    const identities = (index: number) => {
      const row = rows[index];
      const place = places.get(index);
      if (place !== undefined) return applied.identities(place);
      return { sku: row && 'unreadable' in row ? row.unreadable.sku : null, barcode: null };
    };
    return { ...applied, answers, identities };
  };
}

export interface BatchTarget {
  readonly kind: BatchKind;
  readonly runId: string | null;
  readonly warehouse?: string;
}

/**
 * Sends the rows of one file through the same door as a scraper's. Its batches carry keys made of the file and of what
 * they hold: a job that begins again after a crash gets the first answers again.
 */
export class BatchSender {
  readonly #context: IntegrationsContext;
  readonly #file: ExchangeFileEntity;
  readonly #noteRows: (rows: number) => Promise<void>;

  constructor(context: IntegrationsContext, file: ExchangeFileEntity, noteRows: (rows: number) => Promise<void>) {
    this.#context = context;
    this.#file = file;
    this.#noteRows = noteRows;
  }

  /** Sends so many rows as a call takes, as often as there are any. @returns the answers. */
  async send<Item extends object>(
    target: BatchTarget,
    rows: readonly BatchRow<Item>[],
    apply: (items: Item[]) => Apply,
  ): Promise<SyncAnswer[]> {
    const answers: SyncAnswer[] = [];
    for (let from = 0; from < rows.length; from += mostRows) {
      answers.push(await this.#sendOne(target, rows.slice(from, from + mostRows), apply));
    }
    return answers;
  }

  async #sendOne<Item extends object>(
    { kind, runId, warehouse }: BatchTarget,
    rows: readonly BatchRow<Item>[],
    apply: (items: Item[]) => Apply,
  ): Promise<SyncAnswer> {
    const items = rows.map(shownRow);
    const observedAt = this.#file.requestedAt;
    const content = JSON.stringify([kind, runId, warehouse ?? null, items]);
    const digest = createHash('sha256').update(content).digest('hex').slice(0, 32);
    const call = readCall(kind, {
      source: this.#context.settings.exchange.source,
      runId,
      idempotencyKey: `exchange:${this.#file.id}:${digest}`,
      observedAt,
      warehouse: warehouse ?? null,
      items,
    });
    const answer = await new SyncBatchService(this.#context).submit(call, applyReadable(rows, apply));
    const [trouble] = answer.userErrors;
    if (trouble) throw new NotAppliedError(trouble.message);
    await this.#noteRows(rows.length);
    return answer;
  }
}
