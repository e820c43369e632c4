import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import { describe, expect, it } from '@jest/globals';

const docs = join(projectRoot, 'docs');

/** The schemas that are checked in, as a row names them: `OrderPlaced` 1. */
async function schemasIn(folder: string): Promise<string[]> {
  const files = (await readdir(join(docs, folder))).filter((name) => name.endsWith('.json'));
  return files.map((name) => name.replace(/^(.+)\.(\d+)\.json$/, `[\`$1\` $2](${folder}/${name})`)).toSorted();
}

async function rowsOf(page: string): Promise<string[]> {
  const text = await readFile(join(docs, page), 'utf8');
  return [...text.matchAll(/^\| (\[`[\w.]+` \d+\]\([\w./]+\)) \|/gm)].map(([, row]) => row ?? '').toSorted();
}

describe('the catalogue', () => {
  it.each([
    ['EVENTS.md', 'events'],
    ['WEBHOOKS.md', 'events/webhooks'],
  ])('of %s has a row for each schema, and a schema for each row', async (page, folder) => {
    const rows = await rowsOf(page);

    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(await schemasIn(folder));
  });
});
