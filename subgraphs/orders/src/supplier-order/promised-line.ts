import type { Decimal } from 'decimal.js';
import type { OrderLineEntity } from './order-line.entity.ts';

/** A line, and how much of it the supplier promises. */
export interface PromisedLine {
  readonly line: OrderLineEntity;
  readonly quantity: Decimal;
}
