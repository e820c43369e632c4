import { z } from 'zod';

/** Who bought: a restaurant, or a person by themselves. */
export const buyerParty = z.object({ kind: z.enum(['USER', 'ORGANIZATION']), id: z.uuid() });

/** Who delivers. The house has an organisation of its own only if the shop made one. */
export const supplierParty = z.object({
  id: z.string(),
  organizationId: z.string().nullable(),
  isHouse: z.boolean(),
});

export type SupplierParty = z.infer<typeof supplierParty>;

/** A decimal string: packs with at most 3 decimals, or an amount of money. */
export const decimal = z.string().regex(/^-?\d{1,19}(\.\d{1,4})?$/);

export const day = z.iso.date();
export const moment = z.iso.datetime();
export const timeOfDay = z.string().regex(/^\d\d:\d\d$/);
