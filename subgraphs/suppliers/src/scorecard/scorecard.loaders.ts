import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { buyerOf } from '../supplier/supplier-access.ts';
import { type PeriodName, ScorecardRepository, type ScoreRow } from './scorecard.repository.ts';

export interface ScoreRequest {
  readonly supplierId: string;
  readonly period: PeriodName;
  readonly count: number;
  readonly at: number;
}

const keyOf = ({ period, count, at }: ScoreRequest): string => `${period} ${count} ${at}`;

/** Scores of one request: suppliers of a list are one statement. */
export class ScorecardLoaders {
  readonly scores: DataLoader<ScoreRequest, readonly ScoreRow[], string>;
  /** Whether the viewer, or the restaurant for which they act, has ordered of the supplier. */
  readonly hasTraded: DataLoader<string, boolean>;

  constructor(manager: EntityManager, viewer: Viewer) {
    const scorecards = new ScorecardRepository(manager);
    this.scores = new DataLoader(
      async (requests) => {
        const found = new Map<string, ScoreRow[]>();
        for (const [key, group] of Map.groupBy(requests, keyOf)) {
          const { period, count, at } = group[0] as ScoreRequest;
          const ids = group.map(({ supplierId }) => supplierId);
          const rows = await scorecards.list(ids, period, new Date(at), count);
          for (const [id, own] of Map.groupBy(rows, ({ supplierId }) => supplierId)) found.set(`${key} ${id}`, own);
        }
        return requests.map((request) => found.get(`${keyOf(request)} ${request.supplierId}`) ?? []);
      },
      { cacheKeyFn: (request) => `${keyOf(request)} ${request.supplierId}` },
    );
    this.hasTraded = new DataLoader(async (ids) => {
      if (viewer.kind !== 'user') return ids.map(() => false);
      const organizationId = buyerOf(viewer);
      const kind = organizationId === null ? 'USER' : 'ORGANIZATION';
      const traded = new Set(await scorecards.listTraded(ids, kind, organizationId ?? viewer.userId));
      return ids.map((id) => traded.has(id));
    });
  }
}
