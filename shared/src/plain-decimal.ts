import { Decimal } from 'decimal.js';

/** A decimal number without zeros that say nothing: `2` for `2.000`, `1.25` for `1.250`. */
export const plainDecimal = (text: string): string => new Decimal(text).toFixed();
