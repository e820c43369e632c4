import { setTimeout as sleep } from 'node:timers/promises';
import { jobsName } from '../jobs/job-queue.ts';

/** Where pg-boss tells its workers that there is something to do; its own statements call it so. */
const channel = `'pgboss_' || left(encode(sha224('${jobsName}'::bytea), 'hex'), 24)`;

const hurry = `
  WITH late AS (
    UPDATE ${jobsName}.job SET start_after = now() WHERE state = 'retry' AND start_after > now() RETURNING name)
  SELECT pg_notify(${channel}, name) FROM (SELECT DISTINCT name FROM late) AS queues`;

/**
 * What was to be tried again after a pause is tried now.
 * @param query asks the database as its owner.
 */
export async function retryNow(query: (sql: string) => Promise<unknown>): Promise<void> {
  await query(hurry);
}

/** Waits for something that jobs bring about; one that fails is tried again at once, not after its pause. */
export async function hurryRetries<T>(query: (sql: string) => Promise<unknown>, work: Promise<T>): Promise<T> {
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
