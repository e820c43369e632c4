import { defineEvent } from '@gastronom/shared/jobs/event';
import { z } from 'zod';
import { priceAlertKinds } from './price-alert.entity.ts';

const decimal = z.string();

/** Prices of tracked products came to what their owners wait for: those of one batch, at most 500 products. */
export const priceAlertRaised = defineEvent({
  type: 'PriceAlertRaised',
  version: 1,
  data: z.object({
    products: z.array(
      z.object({
        productId: z.uuid(),
        ownerId: z.uuid(),
        name: z.string(),
        /** By currency, the cheapest first. */
        pages: z.array(
          z.object({
            urlId: z.uuid(),
            url: z.string(),
            store: z.string(),
            price: decimal,
            currency: z.string(),
            /** The last price before, for which it could be bought; null where there was none in this currency. */
            previousPrice: decimal.nullable(),
            alerts: z.array(
              z.object({
                alertId: z.uuid(),
                kind: z.enum(priceAlertKinds),
                /** The target, the highest or the lowest before that the price was held against. */
                referencePrice: decimal.nullable(),
                /** How far back the rule looks; null where it looks at the last price alone. */
                days: z.number().int().nullable(),
                /** How much less it is than what it was held against, rounded down; of `DROP_PERCENT`. */
                fallPercent: z.number().int().nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
});

export type PriceAlertRaised = z.infer<typeof priceAlertRaised.data>;
