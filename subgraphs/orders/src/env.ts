import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';
import { deliveryVariables } from './delivery/delivery-settings.ts';
import { paymentVariables } from './payment/payment-settings.ts';
import { placingVariables } from './placement/placing-settings.ts';

const variables = z.object({ ...deliveryVariables, ...placingVariables, ...paymentVariables });

/** How the shop wants its orders kept. */
export type OrdersSettings = z.infer<typeof variables>;

export const readOrdersSettings = (given = process.env): OrdersSettings => readSettings(variables, given);
