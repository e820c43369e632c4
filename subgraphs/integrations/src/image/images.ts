import type { Logger } from '@gastronom/shared/logger';
import { LRUCache } from 'lru-cache';
import { Gate } from '../sync/gate.ts';
import { createImageStorage } from './create-image-storage.ts';
import type { ImageEntity } from './image.entity.ts';
import type { ImageSettings } from './image-settings.ts';
import type { ImageStorage } from './image-storage.ts';

/** How many pictures are worked on at a time in one process, and how much of what was served stays in memory. */
const worked = 2;
const remembered = 32 * 1024 * 1024;

/** What all requests and jobs of one process share of pictures. */
export interface Images {
  readonly settings: ImageSettings;
  readonly storage: ImageStorage;
  readonly gate: Gate;
  /** Work in hand, by what it makes: who wants the same waits for it. */
  readonly inHand: Map<string, Promise<unknown>>;
  readonly known: LRUCache<string, ImageEntity>;
  readonly served: LRUCache<string, Buffer>;
}

export const createImages = (settings: ImageSettings, logger: Logger): Images => ({
  settings,
  storage: createImageStorage(settings, logger),
  gate: new Gate(worked),
  inHand: new Map(),
  known: new LRUCache({ max: 10_000 }),
  served: new LRUCache({ maxSize: remembered, sizeCalculation: (bytes) => Math.max(1, bytes.length) }),
});

/** Does one piece of work once for all who ask while it lasts; the first of them is told that it was the first. */
export async function together<T>(
  { inHand }: Images,
  name: string,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly isFirst: boolean }> {
  const other = inHand.get(name) as Promise<T> | undefined;
  if (other) return { value: await other, isFirst: false };
  const mine = work();
  inHand.set(name, mine);
  try {
    return { value: await mine, isFirst: true };
  } finally {
    inHand.delete(name);
  }
}

const hash = /^[0-9a-f]{64}$/i;

/** A hash as it is stored; undefined for what is none. */
export const readHash = (text: string): string | undefined => (hash.test(text) ? text.toLowerCase() : undefined);

/** Folders of some hundred files each, however many pictures there are. */
export const keyOf = (sha256: string, file: string): string =>
  `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}/${file}`;

/** The bytes as they came. They are never served: what they carry besides the picture is unknown. */
export const originalKey = (sha256: string): string => keyOf(sha256, 'original');
