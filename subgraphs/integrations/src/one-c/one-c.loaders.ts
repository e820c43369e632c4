import { decodeBody } from '@gastronom/shared/http/decode-body';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import { OneCDeliveryRepository } from './one-c-delivery.repository.ts';

export interface OneCLoaders {
  /** By delivery: what came, as text. */
  readonly bodies: DataLoader<string, string | null>;
  readonly runs: DataLoader<string, SyncRunEntity | null>;
}

/** What cannot be read as it was declared is shown as far as it can be: somebody wants to see what is wrong with it. */
function readable(body: Buffer, contentType: string | null): string {
  try {
    return decodeBody(body, contentType ?? undefined);
  } catch {
    return new TextDecoder().decode(body);
  }
}

export function createOneCLoaders(manager: EntityManager): OneCLoaders {
  return {
    bodies: new DataLoader(async (ids) => {
      const rows = await new OneCDeliveryRepository(manager).listBodies(ids);
      const texts = new Map(rows.map(({ id, body, contentType }) => [id, readable(body, contentType)]));
      return ids.map((id) => texts.get(id) ?? null);
    }),
    runs: new DataLoader(async (ids) => {
      const runs = new Map((await new SyncRunRepository(manager).listByIds(ids)).map((run) => [run.id, run]));
      return ids.map((id) => runs.get(id) ?? null);
    }),
  };
}
