import pg from 'pg';
import { DataSource, QueryFailedError, type QueryRunner } from 'typeorm';

/** Whether the connection outlives the error: the statement alone failed. */
const isOfStatement = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR';

/** One statement on whichever connection is free. One that broke meanwhile is not used again. */
async function onFreeConnection(pool: pg.Pool, text: string, values: unknown[] | undefined): Promise<pg.QueryResult> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onBroken = (error: Error) => {
    broken = error;
  };
  client.on('error', onBroken);
  try {
    return await client.query(text, values);
  } catch (error) {
    if (!isOfStatement(error)) broken = error as Error;
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken);
  }
}

/**
 * Single statements go to the pool as they are, and answer as TypeORM's do. The query runner that it makes for each costs
 * this process as much again as pg does.
 */
export class PooledDataSource extends DataSource {
  override async query<Rows = unknown>(text: string, values?: unknown[], runner?: QueryRunner): Promise<Rows> {
    const { master } = this.driver as unknown as { readonly master?: pg.Pool };
    // Without a pool it says so itself.
    if (runner || !master) return super.query<Rows>(text, values, runner);
    this.logger.logQuery(text, values);
    try {
      const { command, rows, rowCount } = await onFreeConnection(master, text, values);
      return (command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows) as Rows;
    } catch (error) {
      throw new QueryFailedError(text, values, error as Error);
    }
  }
}
