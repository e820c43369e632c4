import type pg from 'pg';
import { DataSource, type DataSourceOptions, QueryFailedError, type QueryRunner } from 'typeorm';
import { PipelinedReads } from './pipelined-reads.ts';
import { isOfStatement } from './statement-errors.ts';

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
  readonly #mostPipelines: number;
  #reads: PipelinedReads | undefined;

  /** @param mostPipelines connections for quick reads, beside those of the pool. */
  constructor(options: DataSourceOptions, mostPipelines = 0) {
    super(options);
    this.#mostPipelines = mostPipelines;
  }

  get #pool(): pg.Pool | undefined {
    return (this.driver as unknown as { readonly master?: pg.Pool }).master;
  }

  /** Connections that are open beside the pool's. */
  get pipelines(): number {
    return this.#reads?.connections ?? 0;
  }

  override async query<Rows = unknown>(text: string, values?: unknown[], runner?: QueryRunner): Promise<Rows> {
    const pool = this.#pool;
    // Without a pool it says so itself.
    if (runner || !pool) return super.query<Rows>(text, values, runner);
    this.logger.logQuery(text, values);
    return asTypeOrm(text, values, () => onFreeConnection(pool, text, values));
  }

  /** For `readQuickly`. */
  async readQuickly<Rows>(text: string, values: unknown[]): Promise<Rows> {
    const pool = this.#pool;
    if (!pool || this.#mostPipelines === 0) return this.query<Rows>(text, values);
    this.logger.logQuery(text, values);
    this.#reads ??= new PipelinedReads(pool, this.#mostPipelines);
    const reads = this.#reads;
    return asTypeOrm(text, values, async () => {
      return (await reads.query(text, values)) ?? onFreeConnection(pool, text, values);
    });
  }

  override async destroy(): Promise<void> {
    // It stays, and opens nothing more: whoever reads until the pool has ended goes there.
    await this.#reads?.end();
    await super.destroy();
  }
}

async function asTypeOrm<Rows>(
  text: string,
  values: unknown[] | undefined,
  run: () => Promise<pg.QueryResult>,
): Promise<Rows> {
  try {
    const { command, rows, rowCount } = await run();
    return (command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows) as Rows;
  } catch (error) {
    throw new QueryFailedError(text, values, error as Error);
  }
}
