import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@gastronom/shared/testing/test-database';
import { describe, expect, it } from '@jest/globals';
import { ExitCode } from '../exit-code.ts';
import { folderOf } from '../testing/read-files.ts';
import { manageWith } from '../testing/run-manage.ts';

describe('manage reset', () => {
  it('deletes what the product has put into the data folder, and nothing else', async () => {
    const dataDir = folderOf({ 'secrets.json': '{}', 'demo-loaded': 'x', 'postgres.log': 'x', 'holiday.jpg': 'x' });

    const { code, stdout } = await manageWith({ DATA_DIR: dataDir, DATABASE_URL: '' })('reset', '--yes');

    expect({ code, stdout }).toEqual({
      code: ExitCode.ok,
      stdout: `${dataDir} is empty; the next start begins anew\n`,
    });
    expect(readdirSync(dataDir)).toEqual(['holiday.jpg']);
  });

  it('asks first, and leaves the data of a running server alone', async () => {
    const dataDir = folderOf({ 'secrets.json': '{}' });
    const manage = manageWith({ DATA_DIR: dataDir, DATABASE_URL: '' });

    const unasked = await manage('reset');
    writeFileSync(join(dataDir, 'server.pid'), `${process.pid}\n`);
    const inUse = await manage('reset', '--yes');

    expect(unasked).toMatchObject({ code: ExitCode.usage, stderr: 'nobody is there to confirm: give --yes\n' });
    expect(inUse.code).toBe(ExitCode.usage);
    expect(inUse.stderr).toContain(`in use by process ${process.pid}`);
    expect(readdirSync(dataDir).sort()).toEqual(['secrets.json', 'server.pid']);
  });
});

describe('manage migrate', () => {
  it('brings a database up to date, once', async () => {
    const database = await createTestDatabase();
    await database.query('DROP SCHEMA accounts CASCADE');
    const manage = manageWith({ DATABASE_URL: database.ownerUrl, INTERNAL_SECRET: database.secret });

    const first = await manage('migrate');
    const second = await manage('migrate');
    await database.drop();

    expect(first).toMatchObject({ code: ExitCode.ok, stderr: '' });
    expect(first.stdout).toMatch(/^accounts: \w+\n(.*\n)*\d+ migrations ran\n$/);
    expect(second).toEqual({ code: ExitCode.ok, stdout: 'nothing to migrate\n', stderr: '' });
  });
});
