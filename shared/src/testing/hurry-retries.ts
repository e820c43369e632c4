import { setTimeout as sleep } from 'node:timers/promises';
import { jobsName } from '../jobs/job-queue.ts';

/** Where pg-boss tells its workers that there is something to do; its own statements call it so. */
const channel = `'pgboss_' || left(encode(sha224('${jobsName}'::bytea), 'hex'), 24)`;

const hurry = (which: string): string => `
  WITH late AS (
    UPDATE ${jobsName}.job SET start_after = now() WHERE ${which} AND start_after > now() RETURNING name)
  SELECT pg_notify(${channel}, name) FROM (SELECT DISTINCT name FROM late) AS queues`;

/** Asks the database as its owner. */
type Query = (sql: string) => Promise<unknown>;

/** What was to be tried again after a pause is tried now. */
export async function retryNow(query: Query): Promise<void> {
  await query(hurry("state = 'retry'"));
}

/** What was to be done within a minute, for the first time or again, is done now. */
export async function doNow(query: Query): Promise<void> {
  await query(hurry("state IN ('created', 'retry') AND start_after < now() + interval '1 minute'"));
}

/** Waits for something that jobs bring about; one that fails is tried again at once, not after its pause. */
export async function hurryRetries<T>(query: Query, work: Promise<T>): Promise<T> {
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  const ended = work.then(end, end);
  while (!isOver) {
    await retryNow(query);
    await Promise.race([ended, sleep(50)]);
  }
  return work;
}
