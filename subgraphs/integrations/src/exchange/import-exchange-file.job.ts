import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeFileImport } from './exchange-file-import.ts';

export const importExchangeFile = defineJob({
  name: 'import-exchange-file',
  payload: z.object({ fileId: z.string() }),
  retries: 6,
  retrySeconds: 2,
  retryMaxSeconds: 60,
  expireSeconds: 4 * 3_600,
  workers: 2,
});

const gaveUp = 'The shop could not store the goods just now, after several tries. Begin the exchange again later.';

/** Imports a file that 1C has asked to be imported. */
export function createImportExchangeFile(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(importExchangeFile, async ({ id, payload, isLastAttempt }) => {
    const context = internalContext(environment, id);
    const file = await new ExchangeFileRepository(context.manager).findById(payload.fileId);
    // Begun anew by an init, or done by an earlier try that died before it could say so.
    if (!file || (file.state !== 'QUEUED' && file.state !== 'IMPORTING')) return;
    const fileImport = new ExchangeFileImport(context, file);
    try {
      await fileImport.run();
    } catch (error) {
      if (isLastAttempt) await fileImport.fail(gaveUp);
      throw error;
    }
  });
}
