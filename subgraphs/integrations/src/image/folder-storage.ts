import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ImageStorage } from './image-storage.ts';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const orMissing =
  <Missing>(missing: Missing) =>
  (error: unknown): Missing => {
    if (isMissing(error)) return missing;
    throw error;
  };

/** Pictures in a folder of this machine. */
export const folderStorage = (folder: string): ImageStorage => ({
  async put(key, bytes) {
    const path = join(folder, key);
    const draft = `${path}.${randomUUID()}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      const file = await open(draft, 'wx');
      try {
        await file.writeFile(bytes);
        // The row that names the file is durable once committed, so that the file has to be before.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  },
  get: (key) => readFile(join(folder, key)).catch(orMissing(null)),
  has: (key) =>
    access(join(folder, key))
      .then(() => true)
      .catch(orMissing(false)),
});
