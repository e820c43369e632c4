import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const inventorySettings = z.object({
  STOCK_BUFFER_DEFAULT: z.coerce.number().min(0).max(1_000_000).default(5),
  STOCK_FRESH_MINUTES: z.coerce.number().positive().max(525_600).default(15),
  LOW_STOCK_THRESHOLD: z.coerce.number().min(0).max(1_000_000).default(5),
  RESERVATION_MINUTES: z.coerce.number().positive().max(525_600).default(30),
  AVAILABILITY_DEBOUNCE_SECONDS: z.coerce.number().min(0).max(3_600).default(2),
  ONE_C_URL: z.url({ protocol: /^https?$/ }).optional(),
  STOCK_REFRESH_FLOOR_SECONDS: z.coerce.number().min(1).max(86_400).default(60),
  STOCK_REFRESH_BACKOFF_MAX_MINUTES: z.coerce.number().positive().max(1_440).default(15),
  STOCK_REFRESH_ANSWER_MINUTES: z.coerce.number().positive().max(1_440).default(5),
  STOCK_REFRESH_BREAKER_FAILURES: z.coerce.number().int().min(1).max(1_000).default(5),
});

/** How hard 1C may be pressed for fresh counts. */
export interface RefreshSettings {
  /** The least time between two requests for one warehouse, and the first step of the back-off, in milliseconds. */
  readonly floorMs: number;
  /** The longest that failures can put the next request off, in milliseconds. */
  readonly backoffMaxMs: number;
  /** How long a request may wait for its answer, in milliseconds. */
  readonly answerMs: number;
  /** After how many failures in a row, over all warehouses, 1C is left alone. */
  readonly breakerFailures: number;
}

/** How the shop wants its stock shown. */
export interface InventorySettings {
  /** The global buffer until staff set one. */
  readonly bufferDefault: number;
  /** How long a count of 1C is taken for fresh, in milliseconds. */
  readonly freshMs: number;
  /** Goods with no more than this available online are low in stock. */
  readonly lowThreshold: number;
  /** For how long goods are kept for an order that says nothing else, in milliseconds. */
  readonly reservationMs: number;
  /** For how long changes of what can be bought are gathered before they are announced. */
  readonly debounceSeconds: number;
  /** Null without an address of 1C: then nobody is asked. */
  readonly refresh: RefreshSettings | null;
}

export function readInventorySettings(variables = process.env): InventorySettings {
  const settings = readSettings(inventorySettings, variables);
  return {
    bufferDefault: settings.STOCK_BUFFER_DEFAULT,
    freshMs: settings.STOCK_FRESH_MINUTES * 60_000,
    lowThreshold: settings.LOW_STOCK_THRESHOLD,
    reservationMs: settings.RESERVATION_MINUTES * 60_000,
    debounceSeconds: settings.AVAILABILITY_DEBOUNCE_SECONDS,
    refresh: settings.ONE_C_URL ? refreshSettings(settings) : null,
  };
}

const refreshSettings = (settings: z.infer<typeof inventorySettings>): RefreshSettings => ({
  floorMs: settings.STOCK_REFRESH_FLOOR_SECONDS * 1_000,
  backoffMaxMs: settings.STOCK_REFRESH_BACKOFF_MAX_MINUTES * 60_000,
  answerMs: settings.STOCK_REFRESH_ANSWER_MINUTES * 60_000,
  breakerFailures: settings.STOCK_REFRESH_BREAKER_FAILURES,
});
