import type { Logger } from '../logger.ts';
import { beforeRead, counter, gauge, histogram } from '../metrics.ts';

const jobs = counter('gastronom_jobs_total', 'Jobs that were done, and tries that failed.', ['job', 'outcome']);
const seconds = histogram('gastronom_job_seconds', 'How long a job, or a batch of jobs, took.', ['job']);

/** Counts the work on jobs of one name, and how it went. */
export async function countJobs(job: string, count: number, work: () => Promise<void>): Promise<void> {
  const end = seconds.startTimer({ job });
  try {
    await work();
    jobs.inc({ job, outcome: 'done' }, count);
  } catch (error) {
    jobs.inc({ job, outcome: 'failed' }, count);
    throw error;
  } finally {
    end();
  }
}

const ready = gauge('gastronom_jobs_ready', 'Jobs that could be done now, as counted some seconds ago.', ['job']);

interface Queue {
  readonly name: string;
  readonly readyCount: number;
}

/** Tells how much waits in each queue. @returns how to end that. */
export function watchQueues(list: () => Promise<readonly Queue[]>, logger: Logger): () => void {
  return beforeRead(async () => {
    ready.reset();
    try {
      for (const { name, readyCount } of await list()) ready.set({ job: name }, readyCount);
    } catch (error) {
      // What else there is to read is read all the same.
      logger.warn({ err: error }, 'the queues could not be counted');
    }
  });
}
