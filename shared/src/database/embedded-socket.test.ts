import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../testing/test-database.ts';
import { dropSockets, hasSocket, socketDirectories } from './embedded-socket.ts';

describe('the socket of the embedded PostgreSQL', () => {
  it('is the way to it', async () => {
    const database = await createTestDatabase();

    const [client] = await database.query<{ address: string | null }>('SELECT inet_client_addr() AS address');

    const hasFolder = new URL(database.ownerUrl).searchParams.has('host');
    expect(client?.address).toEqual(hasFolder ? null : expect.any(String));
    await database.drop();
  });

  it.each([
    ['/srv/shop/.data/postgres', 'linux', true],
    [`/${'x'.repeat(85)}`, 'linux', true],
    [`/${'x'.repeat(90)}`, 'linux', false],
    [`/${'щ'.repeat(45)}`, 'linux', false],
    ['C:/shop/postgres', 'win32', false],
  ])('is there for a folder as %s on %s: %s', (folder, system, there) => {
    expect(hasSocket(folder, 54_321, system)).toBe(there);
  });

  it('may lie in a folder with a comma or a quote in its name', () => {
    expect(socketDirectories('/srv/"my", shop')).toBe('"/srv/""my"", shop"');
  });

  it('is cleared away after a crash, and nothing else is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gastronom-socket-'));
    for (const name of ['.s.PGSQL.5000', '.s.PGSQL.5000.lock', 'PG_VERSION']) writeFileSync(join(folder, name), '');

    dropSockets(folder);

    expect(readdirSync(folder)).toEqual(['PG_VERSION']);
    rmSync(folder, { recursive: true });
  });
});
