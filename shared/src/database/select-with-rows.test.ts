import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type DataSource, EntitySchema } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { selectRows } from './select-rows.ts';
import { selectWithRows } from './select-with-rows.ts';
import { subgraphDataSource, subgraphUrl } from './subgraph-database.ts';

interface Crate {
  readonly id: number;
  readonly packedAt: Date | null;
}

const crates = new EntitySchema<Crate>({
  name: 'crates',
  columns: { id: { type: 'integer', primary: true }, packedAt: { type: 'timestamptz', nullable: true } },
});
const bottles = new EntitySchema<object>({
  name: 'bottles',
  columns: {
    id: { type: 'bigint', primary: true },
    crateId: { type: 'integer' },
    litres: { type: 'numeric' },
    filledAt: { type: 'timestamptz', nullable: true },
    bestBefore: { type: 'date', nullable: true },
    opensAt: { type: 'time', nullable: true },
    labels: { type: 'text', array: true },
    sealed: { type: 'boolean' },
  },
});

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = subgraphUrl(database.ownerUrl, database.secret, 'accounts');
  dataSource = await subgraphDataSource({ name: 'accounts', entities: [crates, bottles], migrations: [] } as never, {
    url,
    poolSize: 1,
  });
  await dataSource.query('CREATE TEMPORARY TABLE crates (id integer, packed_at timestamptz)');
  await dataSource.query(`CREATE TEMPORARY TABLE bottles (id bigint, crate_id integer, litres numeric(14, 3),
    filled_at timestamptz, best_before date, opens_at time, labels text[], sealed boolean)`);
  await dataSource.query(`INSERT INTO crates VALUES (1, '2026-11-21 10:00:00.123456+00'), (2, NULL)`);
  await dataSource.query(`INSERT INTO bottles VALUES
    (9007199254740993, 1, 0.750, '2026-11-21 09:00:00.25+00', '2027-01-31', '08:00', '{a,"b, c"}', true),
    (7, 1, 12345678901.125, NULL, NULL, NULL, '{}', false)`);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

it('reads what belongs to a row as it would be read alone, in one statement', async () => {
  const { manager } = dataSource;
  const its = { bottles: { entity: bottles, rest: 'WHERE crate_id = crates.id ORDER BY id DESC' } };

  const [first, second] = await selectWithRows(manager, crates, its, 'WHERE id = ANY($1) ORDER BY id', [[1, 2]]);

  const alone = await selectRows(manager, bottles, 'WHERE crate_id = $1 ORDER BY id DESC', [1]);
  expect(first).toEqual({ id: 1, packedAt: new Date('2026-11-21T10:00:00.123Z'), bottles: alone });
  expect(alone[0]).toMatchObject({ id: '9007199254740993', litres: '0.750', filledAt: expect.any(Date) });
  expect(second).toEqual({ id: 2, packedAt: null, bottles: [] });
});
