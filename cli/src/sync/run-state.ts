import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { noTally } from './outcome-tally.ts';

const counts = z.record(z.enum(['CREATED', 'UPDATED', 'UNCHANGED', 'STALE', 'PARKED', 'REJECTED']), z.number());

const storedSchema = z.object({
  runId: z.string(),
  observedAt: z.string(),
  done: z.array(z.number()),
  tally: z.object({ goods: counts, stocks: counts, unreadable: z.number() }),
  rejectsBytes: z.number(),
});

/** How far a run has come. */
export type RunProgress = z.infer<typeof storedSchema>;

export const newProgress = (runId: string, observedAt: string): RunProgress => ({
  runId,
  observedAt,
  done: [],
  tally: noTally(),
  rejectsBytes: 0,
});

/**
 * A small file in the data folder, named after the content of the input and everything that shapes its batches. It exists
 * while a run is under way: found at the start, that run was cut off and is gone on with.
 */
export class RunStateFile {
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataDir: string, identity: Record<string, unknown>) {
    const name = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
    this.#path = join(dataDir, 'sync', `${name}.json`);
  }

  async find(): Promise<RunProgress | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return storedSchema.parse(JSON.parse(text));
    } catch {
      // A state that cannot be read costs a new run, in which what is known already comes back UNCHANGED.
      return undefined;
    }
  }

  /** Saves are made one after another; each replaces the file at once, so that a cut leaves the last whole one. */
  save(progress: RunProgress): Promise<void> {
    const text = JSON.stringify(progress);
    this.#writing = this.#writing.then(async () => {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(`${this.#path}.new`, text);
      await rename(`${this.#path}.new`, this.#path);
    });
    return this.#writing;
  }

  async remove(): Promise<void> {
    await this.#writing;
    await rm(this.#path, { force: true });
  }
}
