import { deriveSecret } from '@gastronom/shared/secrets';
import { describe, expect, it } from '@jest/globals';
import { isOneCSecret, oneCSecrets } from './one-c-secrets.ts';

const internal = 'a-secret-of-at-least-thirty-two-characters';
const secretsOf = (environment: 'development' | 'production', webhookSecrets: string[]) =>
  oneCSecrets({
    oneC: { webhookSecrets },
    process: { ENVIRONMENT: environment, INTERNAL_SECRET: internal },
  } as unknown as Parameters<typeof oneCSecrets>[0]);

describe('the secrets of 1C', () => {
  it('are those that are set, wherever it runs', () => {
    expect(secretsOf('development', ['new', 'old'])).toEqual(['new', 'old']);
    expect(secretsOf('production', ['new', 'old'])).toEqual(['new', 'old']);
  });

  it('are derived in development where none is set, and none in production', () => {
    expect(secretsOf('development', [])).toEqual([deriveSecret(internal, 'one-c-webhook')]);
    expect(secretsOf('production', [])).toEqual([]);
  });
});

describe('a given secret', () => {
  it.each([
    ['the current one', ['new', 'old'], 'new', true],
    ['the former one', ['new', 'old'], 'old', true],
    ['a part of one', ['new', 'old'], 'ne', false],
    ['one with more behind it', ['new', 'old'], 'new ', false],
    ['both at once', ['new', 'old'], 'new,old', false],
    ['nothing', ['new', 'old'], '', false],
    ['nothing where nobody is 1C', [], '', false],
  ])('%s: of %j, %j counts: %p', (_says, secrets, given, counts) => {
    expect(isOneCSecret(secrets, given)).toBe(counts);
  });
});
