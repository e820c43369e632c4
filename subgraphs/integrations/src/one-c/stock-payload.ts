import { decodeBody } from '@gastronom/shared/http/decode-body';
import { quote } from '../row/row-error.ts';
import type { StockFields } from '../row/stock-row.ts';
import { DeliveryTrouble } from './delivery-trouble.ts';
import type { OneCDeliveryEntity, StockModeName } from './one-c-delivery.entity.ts';

/** A callback as an object; what its fields hold is not looked at yet. */
export interface RawPayload {
  readonly warehouse_id_1c?: unknown;
  readonly items: readonly unknown[];
  readonly observed_at?: unknown;
  readonly mode?: unknown;
  readonly total?: unknown;
  readonly complete?: unknown;
}

/** The frame of a callback. */
export interface StockPayload {
  /** What 1C calls the warehouse; null where it does not say. */
  readonly warehouse: string | null;
  readonly observedAt: unknown;
  readonly mode: StockModeName;
  /** False where other parts of the same snapshot follow. */
  readonly complete: boolean;
  /** How many items all parts hold together, as the sender says. */
  readonly total: number | null;
  readonly items: readonly unknown[];
}

/** One row, as it came and as it is read. */
export interface PayloadRow {
  readonly row: object;
  readonly fields: StockFields;
}

const bad = (message: string) => new DeliveryTrouble('BAD_PAYLOAD', message);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the body as far as its sender can mend it at once: it is text, complete JSON, and an object with items. */
export function parsePayload({ body, contentType }: Pick<OneCDeliveryEntity, 'body' | 'contentType'>): RawPayload {
  let text: string;
  try {
    text = decodeBody(body, contentType ?? undefined);
  } catch (error) {
    throw new DeliveryTrouble('BAD_ENCODING', (error as Error).message);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const what = text.trim() === '' ? 'empty' : 'not complete, valid JSON';
    throw new DeliveryTrouble('BAD_JSON', `The body is ${what}: ${body.length.toLocaleString('en')} bytes came.`);
  }
  if (isObject(value) && Array.isArray(value.items)) return value as unknown as RawPayload;
  throw bad('The body must be an object `{ "warehouse_id_1c": …, "items": [ … ] }`.');
}

/** What 1C calls the warehouse, as text. A number is a code without its leading zeros. */
function readWarehouseId(raw: unknown): string | null {
  if (raw === undefined || raw === null) return null;
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return String(raw);
  if (typeof raw === 'string' && raw.trim().length <= 100) return raw.trim() || null;
  throw bad(`\`warehouse_id_1c\` takes a text or a whole number: ${quote(plain(raw))} is neither.`);
}

function readMode(raw: unknown): StockModeName {
  if (raw === undefined || raw === null || raw === '') return 'DELTA';
  const mode = typeof raw === 'string' ? raw.trim().toUpperCase() : '';
  if (mode === 'DELTA' || mode === 'SNAPSHOT') return mode;
  throw bad(`\`mode\` takes "delta" or "snapshot": ${quote(plain(raw))} is neither.`);
}

function readComplete(raw: unknown): boolean {
  if (raw === undefined || raw === null) return true;
  if (typeof raw === 'boolean') return raw;
  throw bad(`\`complete\` takes true or false: ${quote(plain(raw))} is neither.`);
}

function readTotal(raw: unknown): number | null {
  if (raw === undefined || raw === null) return null;
  if (typeof raw === 'number' && Number.isInteger(raw) && raw >= 0 && raw <= 2_147_483_647) return raw;
  throw bad(`\`total\` takes the number of items of all parts together: ${quote(plain(raw))} is none.`);
}

export const readPayload = (raw: RawPayload): StockPayload => ({
  warehouse: readWarehouseId(raw.warehouse_id_1c),
  observedAt: plain(raw.observed_at),
  mode: readMode(raw.mode),
  complete: readComplete(raw.complete),
  total: readTotal(raw.total),
  items: raw.items,
});

/** A value that can be quoted and stored whatever it is: a body may nest a million brackets. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return '[…]';
  return isObject(value) ? '{…}' : value;
}

/** A code is a text; as a number it lost its leading zeros, but it names something as long as no digit was lost. */
function readText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : null;
}

export function readRow(item: unknown): PayloadRow {
  if (!isObject(item)) return { row: { item: plain(item) ?? null }, fields: { quantity: null } };
  const { nomenclature_code: code, barcode, quantity } = item;
  return {
    row: { nomenclature_code: plain(code), barcode: plain(barcode), quantity: plain(quantity) },
    fields: { sku: readText(code), barcode: readText(barcode), quantity: plain(quantity) },
  };
}
