import { describe, expect, it } from '@jest/globals';
import { hideInLogs, hideSecretSettings, redact } from './redaction.ts';

describe('a line of the log', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl';

  it.each([
    ['a session token', `refused ${jwt} here`, 'refused [redacted] here'],
    ['an unsigned token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.', '[redacted]'],
    ['an API key, of which the prefix stays', 'key gk_1a2b3c4d_Zm9vYmFyYmF6', 'key gk_1a2b3c4d_[redacted]'],
    ['a webhook secret', 'whsec_MfKQ9r8GKYqrTwjU', 'whsec_[redacted]'],
    ['a key of Clerk', 'sk_live_0123456789abcdef', 'sk_live_[redacted]'],
    ['what an Authorization header says', 'Authorization: Basic MWM6c2VjcmV0', 'Authorization: Basic [redacted]'],
    ['the password of a database', 'postgres://shop:p4ss:w@db:5432/x', 'postgres://shop:[redacted]@db:5432/x'],
    ['the password of a Redis without a user', 'rediss://:hunter22@redis:6379', 'rediss://:[redacted]@redis:6379'],
    ['a token in a query', '/stocks?id=7&token=abc123&x=1', '/stocks?id=7&token=[redacted]&x=1'],
    ['a secret in a query', '"https://h/p?client_secret=s3"', '"https://h/p?client_secret=[redacted]"'],
    ['a member of an object', '{"a":1,"webhookSecret":"abc def"}', '{"a":1,"webhookSecret":"[redacted]"}'],
    ['a member of an object in a text', '"{\\"password\\":\\"abc\\"}"', '"{\\"password\\":\\"[redacted]\\"}"'],
  ])('does not show %s', (_what, line, clean) => {
    expect(redact(line)).toBe(clean);
  });

  it('is left as it is where nothing is secret', () => {
    const line =
      '{"level":30,"method":"POST","url":"/graphql","requestId":"7e0c","milliseconds":1.5,"msg":"request"}\n';

    expect(redact(line)).toBe(line);
  });

  it('does not show a value that is known to be secret, in any of its forms', () => {
    hideInLogs('pa$$ "quoted" +word');

    expect(redact('it was pa$$ "quoted" +word.')).toBe('it was [redacted].');
    expect(redact(JSON.stringify({ text: 'pa$$ "quoted" +word' }))).toBe('{"text":"[redacted]"}');
    expect(redact('/x/pa%24%24%20%22quoted%22%20%2Bword')).toBe('/x/[redacted]');
  });

  it('does not show what settings keep secret', () => {
    hideSecretSettings({
      SHOP_WEBHOOK_SECRETS: 'first-of-two, second-of-two',
      DATABASE_URL: 'postgres://owner:p%40ss%2Fword@db/shop',
      SHOP_CURRENCY: 'a-currency',
      AWS_SECRET_ACCESS_KEY: 'short',
    });

    expect(redact('first-of-two second-of-two')).toBe('[redacted] [redacted]');
    expect(redact('p@ss/word p%40ss%2Fword')).toBe('[redacted] [redacted]');
    expect(redact('a-currency short')).toBe('a-currency short');
  });
});
