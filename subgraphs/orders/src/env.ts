import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const variables = z.object({});

/** How the shop wants its orders kept. */
export type OrdersSettings = z.infer<typeof variables>;

export const readOrdersSettings = (given = process.env): OrdersSettings => readSettings(variables, given);
