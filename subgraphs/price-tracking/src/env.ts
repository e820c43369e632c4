import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const variables = z.object({});

/** How the installation watches prices. */
export type PriceTrackingSettings = z.infer<typeof variables>;

export const readPriceTrackingSettings = (given = process.env): PriceTrackingSettings => readSettings(variables, given);
