import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource, QueryFailedError } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { subgraphDataSource, subgraphUrl } from './subgraph-database.ts';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = subgraphUrl(database.ownerUrl, database.secret, 'accounts');
  const nothing = { name: 'accounts', entities: [], migrations: [] };
  dataSource = await subgraphDataSource(nothing, { url, poolSize: 1 });
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const connection = async (): Promise<number> => (await dataSource.query('SELECT pg_backend_pid() AS pid'))[0].pid;

describe('a single statement', () => {
  it('answers as TypeORM does', async () => {
    const makes = 'CREATE TEMPORARY TABLE notes (id integer PRIMARY KEY, tags text[], at timestamptz)';
    const writes = `INSERT INTO notes VALUES (1, '{a,"b,c"}', '2026-11-21 10:00:00.25+00'), (2, '{}', NULL) RETURNING id`;

    await dataSource.query(makes);

    expect(await dataSource.query(writes)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await dataSource.query('SELECT * FROM notes ORDER BY id')).toEqual([
      { id: 1, tags: ['a', 'b,c'], at: new Date('2026-11-21T10:00:00.250Z') },
      { id: 2, tags: [], at: null },
    ]);
    const changes = 'UPDATE notes SET tags = $1 RETURNING id';
    const changed = await dataSource.query(changes, [['x']]);
    expect(changed).toEqual([[{ id: 1 }, { id: 2 }], 2]);
    const runner = dataSource.createQueryRunner();
    const byTypeOrm = await runner.query(changes, [['x']]);
    await runner.release();
    expect(changed).toEqual(byTypeOrm);
    expect(await dataSource.query('DELETE FROM notes WHERE id = 3')).toEqual([[], 0]);
  });

  it('keeps its connection where it fails, and says why', async () => {
    const before = await connection();

    const failing = dataSource.query('SELECT 1 / $1::int', [0]);

    await expect(failing).rejects.toThrow(QueryFailedError);
    await expect(failing).rejects.toMatchObject({ code: '22012', message: 'division by zero', parameters: [0] });
    expect(await connection()).toBe(before);
  });

  it('loses a connection that ends, and no more', async () => {
    const before = await connection();

    await expect(dataSource.query('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toThrow(
      'terminating connection',
    );

    expect(await connection()).not.toBe(before);
  });

  it('takes the part of its transaction', async () => {
    await dataSource.transaction(async (manager) => {
      const [{ pid }] = await manager.query('SELECT pg_backend_pid() AS pid');
      const [{ xact }] = await manager.query('SELECT now() AS xact');

      expect((await manager.query('SELECT now() AS xact'))[0].xact).toEqual(xact);
      expect((await manager.query('SELECT pg_backend_pid() AS pid'))[0].pid).toBe(pid);
    });
  });
});
