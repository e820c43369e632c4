import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const inventorySettings = z.object({
  STOCK_BUFFER_DEFAULT: z.coerce.number().min(0).max(1_000_000).default(5),
  STOCK_FRESH_MINUTES: z.coerce.number().positive().max(525_600).default(15),
  LOW_STOCK_THRESHOLD: z.coerce.number().min(0).max(1_000_000).default(5),
});

/** How the shop wants its stock shown. */
export interface InventorySettings {
  /** The global buffer until staff set one. */
  readonly bufferDefault: number;
  /** How long a count of 1C is taken for fresh, in milliseconds. */
  readonly freshMs: number;
  /** Goods with no more than this available online are low in stock. */
  readonly lowThreshold: number;
}

export function readInventorySettings(variables = process.env): InventorySettings {
  const settings = readSettings(inventorySettings, variables);
  return {
    bufferDefault: settings.STOCK_BUFFER_DEFAULT,
    freshMs: settings.STOCK_FRESH_MINUTES * 60_000,
    lowThreshold: settings.LOW_STOCK_THRESHOLD,
  };
}
