import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ProcessSettings, SettingError } from './env.ts';
import { hideInLogs } from './redaction.ts';

const storedSchema = z.object({
  internalSecret: z.string().min(32),
  databasePassword: z.string().min(16),
  developmentKey: z.object({ privateKey: z.string(), publicKey: z.string() }),
});

/** What a development installation makes for itself at its first start and keeps in `DATA_DIR/secrets.json`. */
export type DevelopmentSecrets = z.infer<typeof storedSchema>;

function make(): DevelopmentSecrets {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    internalSecret: randomBytes(32).toString('base64url'),
    databasePassword: randomBytes(18).toString('base64url'),
    developmentKey: { privateKey, publicKey },
  };
}

/** Reads the secrets of a development installation, or makes them. Several processes may come first: one wins. */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const path = join(dataDir, 'secrets.json');
  mkdirSync(dataDir, { recursive: true });
  try {
    // A key takes a while to make.
    if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(make(), null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const stored = storedSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (stored.success) {
    const { internalSecret, databasePassword, developmentKey } = stored.data;
    hideInLogs(internalSecret, databasePassword, developmentKey.privateKey);
    return stored.data;
  }
  throw new SettingError(`${path} is damaged: delete it, and new secrets are made at the next start.`);
}

/** The secret that signs what one part of the product says to another. Production must set it. */
export function internalSecret(settings: ProcessSettings): string {
  if (settings.INTERNAL_SECRET) return settings.INTERNAL_SECRET;
  if (settings.ENVIRONMENT === 'production') {
    throw new SettingError(
      'INTERNAL_SECRET: must be set in production, the same for every process (openssl rand -base64 32)',
    );
  }
  return developmentSecrets(settings.DATA_DIR).internalSecret;
}

/** A password or key for one purpose, derived so that one secret is all that has to be kept. */
export function deriveSecret(secret: string, purpose: string): string {
  const derived = createHmac('sha256', secret).update(purpose).digest('base64url');
  hideInLogs(derived);
  return derived;
}
