import { columnsOf } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { PricePointEntity } from './price-point.entity.ts';

/** Whose history is read. */
export type HistoryOf = 'url' | 'product';

export interface HistoryPage {
  readonly id: string;
  readonly size: number;
  /** The point to read on from. */
  readonly after: { readonly moment: string; readonly id: string } | null;
}

const pagesSql = (columns: string, column: string): string => `
  SELECT wanted.place, point.*
  FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::bigint[]) WITH ORDINALITY
    AS wanted(owner, size, moment, point, place)
  CROSS JOIN LATERAL (
    SELECT ${columns} FROM price_points
    WHERE ${column} = wanted.owner
      AND (wanted.moment IS NULL OR (observed_at, id) < (wanted.moment, wanted.point))
    ORDER BY observed_at DESC, id DESC
    LIMIT wanted.size
  ) AS point
  ORDER BY wanted.place, point."observedAt" DESC, point.id DESC`;

export class PricePointRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** A page of each history, newest first, with one row more than asked for where there is one; in one statement. */
  async listPages(of: HistoryOf, pages: readonly HistoryPage[]): Promise<PricePointEntity[][]> {
    const columns = columnsOf(this.#manager.connection.getMetadata(PricePointEntity));
    const rows = await this.#manager.query<(PricePointEntity & { place: string })[]>(
      pagesSql(columns, of === 'url' ? 'url_id' : 'product_id'),
      [
        pages.map(({ id }) => id),
        pages.map(({ size }) => size + 1),
        pages.map(({ after }) => after?.moment ?? null),
        pages.map(({ after }) => after?.id ?? null),
      ],
    );
    const lists = pages.map((): PricePointEntity[] => []);
    for (const row of rows) lists[Number(row.place) - 1]?.push(row);
    return lists;
  }
}
