import { flag } from '@gastronom/shared/env';
import { z } from 'zod';

/** The settings of shared answers, as variables. Stock may be told fresh by so many seconds too long: hence the bound. */
export const sharingVariables = {
  ANSWER_SHARING: flag.default(true),
  ANSWER_CACHE_SECONDS: z.coerce.number().min(0).max(30).default(2),
  ANSWER_CACHE_MB: z.coerce.number().min(0).max(4_096).default(32),
};

export type SharingSettings = z.infer<z.ZodObject<typeof sharingVariables>>;

/** For how long answers are kept: not at all where nobody tells of changes. */
export const cacheSeconds = (settings: SharingSettings & { readonly foreign?: boolean }): number =>
  settings.ANSWER_SHARING && !settings.foreign ? settings.ANSWER_CACHE_SECONDS : 0;
