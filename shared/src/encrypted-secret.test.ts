import { describe, expect, it } from '@jest/globals';
import { createSecretBox, encryptionKeys } from './encrypted-secret.ts';
import { processSettings } from './env.ts';
import { redact } from './redaction.ts';

const first = { id: 'k1', secret: 'a-first-key-that-is-long-enough-to-count' };
const second = { id: 'k2', secret: 'a-second-key-that-is-long-enough-as-well' };
const context = 'webhook-endpoint:1';

describe('a secret box', () => {
  it('opens what it sealed, and shows nothing of it', () => {
    const box = createSecretBox([first]);

    const sealed = box.seal('whsec_Zürich 🔑', context);

    expect(box.open(sealed, context)).toBe('whsec_Zürich 🔑');
    expect(sealed).toMatch(/^s1\.k1\.[\w-]+$/);
    expect(box.seal('whsec_Zürich 🔑', context)).not.toBe(sealed);
  });

  it('opens what an older key sealed, and says that it is to be sealed anew', () => {
    const sealed = createSecretBox([first]).seal('old', context);
    const box = createSecretBox([second, first]);

    expect(box.open(sealed, context)).toBe('old');
    expect(box.isCurrent(sealed)).toBe(false);
    expect(box.isCurrent(box.seal('old', context))).toBe(true);
  });

  it.each([
    ['another context', (sealed: string) => [sealed, 'webhook-endpoint:2']],
    [
      'a changed byte',
      (sealed: string) => [sealed.replace(/.(?=.{4}$)/, (byte) => (byte === 'A' ? 'B' : 'A')), context],
    ],
    ['a body cut short', (sealed: string) => [sealed.slice(0, 20), context]],
    ['the name of another key', (sealed: string) => [sealed.replace('.k1.', '.k2.'), context]],
    ['a key that is gone', (sealed: string) => [sealed.replace('.k1.', '.k0.'), context]],
    ['plain text', () => ['whsec_plain', context]],
  ])('refuses %s', (_case, change) => {
    const box = createSecretBox([first, second]);
    const [sealed = '', where = ''] = change(box.seal('a secret of twenty bytes', context));

    expect(() => box.open(sealed, where)).toThrow(expect.objectContaining({ code: 'SEALED_SECRET' }));
  });
});

describe('ENCRYPTION_KEYS', () => {
  const keysOf = (given: Record<string, string>) => encryptionKeys(processSettings.parse(given));

  it('names the keys, the one that seals first, and hides them in logs', () => {
    expect(keysOf({ ENCRYPTION_KEYS: `k2:${second.secret}, k1:${first.secret}` })).toEqual([second, first]);
    expect(redact(`it is ${second.secret}!`)).toBe('it is [redacted]!');
  });

  it('is derived from INTERNAL_SECRET outside production, and missed there', () => {
    const INTERNAL_SECRET = 'an-internal-secret-of-more-than-32-characters';

    expect(keysOf({ INTERNAL_SECRET })).toEqual([{ id: 'derived', secret: expect.stringMatching(/^[\w-]{43}$/) }]);
    expect(() => keysOf({ INTERNAL_SECRET, ENVIRONMENT: 'production' })).toThrow(/^ENCRYPTION_KEYS: must be set/);
  });

  it.each([
    ['no id', first.secret],
    ['a short secret', 'k1:short'],
    ['an id that cannot stand in a sealed secret', `a.b:${first.secret}`],
    ['two keys of one id', `k1:${first.secret},k1:${second.secret}`],
  ])('refuses %s', (_case, ENCRYPTION_KEYS) => {
    expect(() => keysOf({ ENCRYPTION_KEYS })).toThrow(/^ENCRYPTION_KEYS: /);
  });
});
