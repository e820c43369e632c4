import { Decimal } from 'decimal.js';

/** A quantity without zeros that say nothing: `2`, `1.25`. */
export const plainQuantity = (quantity: string): string => new Decimal(quantity).toFixed();
