import { processSettings, readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const catalogSettings = processSettings.extend({
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
});

export interface CatalogSettings {
  /** Where the outside finds the gateway, without a slash at its end; empty where nobody said, so that addresses are relative. */
  readonly publicUrl: string;
}

export function readCatalogSettings(variables?: NodeJS.ProcessEnv): CatalogSettings {
  const { PUBLIC_URL, ENVIRONMENT } = readSettings(catalogSettings, variables);
  const development = ENVIRONMENT === 'production' ? '' : 'http://localhost:4000';
  return { publicUrl: (PUBLIC_URL ?? development).replace(/\/+$/, '') };
}
