import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const variables = z.object({});

/** How the shop wants its suppliers kept. */
export type SuppliersSettings = z.infer<typeof variables>;

export const readSuppliersSettings = (given = process.env): SuppliersSettings => readSettings(variables, given);
