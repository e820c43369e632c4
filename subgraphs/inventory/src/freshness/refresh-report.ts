import { z } from 'zod';

/** How a request to 1C went: the JSON of `reportStockRefresh`. */
export const refreshReportSchema = z.object({
  warehouseId: z.string(),
  /** Which request; null where 1C spoke by itself. */
  requestedAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullable(),
  /** 1C took it; it failed for good; what 1C said of the warehouse was applied. */
  outcome: z.enum(['ACCEPTED', 'FAILED', 'ANSWERED']),
  reason: z
    .string()
    .transform((text) => text.replaceAll('\0', '').slice(0, 500))
    .optional(),
});

export type RefreshReport = z.infer<typeof refreshReportSchema>;
