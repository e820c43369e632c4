import { readSettings } from '@gastronom/shared/env';
import { z } from 'zod';
import { alertVariables } from './alert/alert-settings.ts';
import { fetchingVariables } from './fetching/fetching-settings.ts';
import { marketVariables } from './product/market-settings.ts';
import { quickAddVariables } from './quick-add/quick-add-settings.ts';
import { refreshVariables } from './refresh/refresh-settings.ts';
import { searchVariables } from './search/search-settings.ts';

const variables = z.object({
  ...alertVariables,
  ...fetchingVariables,
  ...marketVariables,
  ...quickAddVariables,
  ...refreshVariables,
  ...searchVariables,
});

/** How the installation watches prices. */
export type PriceTrackingSettings = z.infer<typeof variables>;

export const readPriceTrackingSettings = (given = process.env): PriceTrackingSettings => readSettings(variables, given);
