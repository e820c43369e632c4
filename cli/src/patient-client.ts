import { GraphClient } from './graph-client.ts';

/** How long runs bear with a server that restarts. */
export const patience = {
  attempts: 8,
  onRetry: (reason: string, wait: number): void => {
    process.stderr.write(`${reason}; trying again in ${(wait / 1000).toFixed(1)} s\n`);
  },
};

/** A client for a long run. A server that is not there, or a key that it does not know, is told at once. */
export async function patientClient(url: string, credential: string): Promise<GraphClient> {
  await new GraphClient({ url, credential, attempts: 2 }).request('{ __typename }');
  return new GraphClient({ url, credential, ...patience });
}
