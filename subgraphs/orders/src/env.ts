import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';
import { paymentVariables } from './payment/payment-settings.ts';

const variables = z.object({ ...paymentVariables });

/** How the shop wants its orders kept. */
export type OrdersSettings = z.infer<typeof variables>;

export const readOrdersSettings = (given = process.env): OrdersSettings => readSettings(variables, given);
