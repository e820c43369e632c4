import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../cli-error.ts';

/** The end of the log as it was once seen, kept where nobody who can write the log can write. */
const anchorSchema = z.object({
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  seenAt: z.iso.datetime(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** What was seen the last time; nothing the first time. */
export async function readAnchor(file: string): Promise<Anchor | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`the anchor ${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return anchorSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file} is no anchor that this command wrote`);
  }
}

/** All of it or nothing: a command that is broken off leaves the old one. */
export async function writeAnchor(file: string, anchor: Anchor): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(anchor)}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    throw new UsageError(`the anchor ${file} cannot be written: ${(error as Error).message}`);
  }
}
