import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSettings, SettingError } from './env.ts';
import { redact } from './redaction.ts';

const schema = z.object({ SHOP_SECRET: z.string().min(8, 'needs at least 8 characters').optional() });

describe('a setting that a file holds', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gastronom-settings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }
  const read = (variables: Record<string, string>) => readSettings(schema, variables).SHOP_SECRET;
  function refusal(variables: Record<string, string>): string {
    try {
      read(variables);
    } catch (error) {
      if (error instanceof SettingError) return error.message;
    }
    return 'not refused';
  }

  it('is read without the end of its last line, and hidden in logs', () => {
    expect(read({ SHOP_SECRET_FILE: file('unix', ' kept  as is \n') })).toBe(' kept  as is ');
    expect(read({ SHOP_SECRET_FILE: file('windows', 'of two\r\nlines\r\n') })).toBe('of two\r\nlines');
    expect(redact('it says: of two\r\nlines')).toBe('it says: [redacted]');
  });

  it('counts as not set where the variable is empty, as compose files leave it', () => {
    expect(read({ SHOP_SECRET: 'directly given', SHOP_SECRET_FILE: '' })).toBe('directly given');
    expect(read({ SHOP_SECRET: '', SHOP_SECRET_FILE: file('alone', 'from the file') })).toBe('from the file');
  });

  it('is refused with one line that names it', () => {
    const missing = join(folder, 'missing');

    expect(refusal({ SHOP_SECRET: 'directly given', SHOP_SECRET_FILE: file('both', 'from the file') })).toBe(
      'SHOP_SECRET and SHOP_SECRET_FILE: only one of the two may be set',
    );
    expect(refusal({ SHOP_SECRET_FILE: missing })).toBe(`SHOP_SECRET_FILE: ${missing} cannot be read (ENOENT)`);
    expect(refusal({ SHOP_SECRET_FILE: folder })).toBe(`SHOP_SECRET_FILE: ${folder} cannot be read (EISDIR)`);
    const empty = file('empty', '\n\n');
    expect(refusal({ SHOP_SECRET_FILE: empty })).toBe(`SHOP_SECRET_FILE: ${empty} is empty`);
    expect(refusal({ SHOP_SECRET_FILE: file('short', 'short\n') })).toBe('SHOP_SECRET: needs at least 8 characters');
  });
});
