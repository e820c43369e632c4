import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { processSettings, readSettings } from '@gastronom/shared/env';
import { z } from 'zod';

const settings = processSettings.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  GASTRONOM_URL: z.url().optional(),
  GASTRONOM_API_KEY: z.string().optional(),
  GASTRONOM_TOKEN: z.string().optional(),
  ONE_C_WEBHOOK_SECRETS: z.string().optional(),
  // Where the user stood when a package manager moved to the project's root to run a script.
  INIT_CWD: z.string().optional(),
});

export type CliSettings = z.infer<typeof settings>;

/** Read when a command needs them, so that `--help` works in any environment. */
export const cliSettings = (): CliSettings => readSettings(settings);

export const graphUrl = (given: string | undefined, { GASTRONOM_URL, PORT }: CliSettings): string =>
  given ?? GASTRONOM_URL ?? `http://localhost:${PORT}/graphql`;

/** A path as the user meant it: from where they stand, also when the script was started elsewhere. */
export function userPath(path: string, { INIT_CWD }: CliSettings): string {
  if (isAbsolute(path) || existsSync(path) || !INIT_CWD) return resolve(path);
  return resolve(INIT_CWD, path);
}
