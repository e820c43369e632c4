import { counter, histogram } from '../metrics.ts';

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
