import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { hideSecretSettings } from './redaction.ts';

/** The folder that holds the workspace: two above this file, in its source form as in its compiled one. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const dotEnv = join(projectRoot, '.env');

/** A setting of several values, separated by commas; none where it is not set. */
export const commaList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

/** Settings that every process of the product reads. Each package's own `env.ts` extends them. */
export const processSettings = z.object({
  ENVIRONMENT: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(projectRoot, path)),
  DATABASE_URL: z.url().optional(),
  DATABASE_URL_DIRECT: z.url().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  REDIS_TIMEOUT_MS: z.coerce.number().int().min(1).max(60_000).default(500),
  INTERNAL_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  ENCRYPTION_KEYS: commaList,
  ALLOW_PRIVATE_ADDRESSES: commaList,
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});

export type ProcessSettings = z.infer<typeof processSettings>;

/** A line for each request in production; on a developer's screen only what needs looking at. */
export const logLevelOf = ({ LOG_LEVEL, ENVIRONMENT }: ProcessSettings): string =>
  LOG_LEVEL ?? (ENVIRONMENT === 'production' ? 'info' : 'warn');

/** A setting that is on or off. */
export const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

/** A setting that is missing or cannot be used; its message names the variable and says what it takes. */
export class SettingError extends Error {
  readonly code = 'BAD_SETTING';
}

type Variables = Readonly<Record<string, string | undefined>>;

function readSettingFile(name: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(projectRoot, path), 'utf8');
  } catch (error) {
    throw new SettingError(`${name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const value = text.replace(/[\r\n]+$/, '');
  if (value === '') throw new SettingError(`${name}: ${path} is empty`);
  return value;
}

/** Beside each setting X, X_FILE may name a file that holds it, as Docker and Kubernetes hand secrets over. */
function fromFiles(names: readonly string[], given: Variables): Variables {
  const read: Record<string, string> = {};
  for (const name of names) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) throw new SettingError(`${name} and ${name}_FILE: only one of the two may be set`);
    read[name] = readSettingFile(`${name}_FILE`, path);
  }
  return read;
}

/** Variables that stand in `.env` alone. */
const ofDotEnv = new Set<string>();

function loadDotEnv(): void {
  if (!existsSync(dotEnv)) return;
  const given = new Set(Object.keys(process.env));
  process.loadEnvFile(dotEnv);
  for (const name of Object.keys(process.env)) if (!given.has(name)) ofDotEnv.add(name);
}

/** Forgets what `.env` said: what is read next, here or in a process that is started, is what it says then. */
export function forgetDotEnv(): void {
  for (const name of ofDotEnv) delete process.env[name];
  ofDotEnv.clear();
}

/**
 * Reads and checks settings from the environment, from `.env` in the project's root when there is one, and from the files
 * that `…_FILE` names. An empty variable counts as one that is not set, as compose files leave them.
 */
export function readSettings<Schema extends z.ZodType>(schema: Schema, variables = process.env): z.infer<Schema> {
  if (variables === process.env) loadDotEnv();
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const settings: Variables = { ...given, ...fromFiles(names, given) };
  hideSecretSettings(settings);
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  throw new SettingError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

/** The environment as a program that we start gets it. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => process.env;
