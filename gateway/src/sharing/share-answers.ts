import { setImmediate } from 'node:timers/promises';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { ExecutingGateway } from '../graphql/executor.ts';
import { SharedAnswers } from './shared-answers.ts';
import { nobodysFields, readSharedFields } from './shared-fields.ts';
import { cacheSeconds, type SharingSettings } from './sharing-settings.ts';

export interface ShareOptions {
  readonly supergraphSdl: string;
  readonly broadcast: Broadcast;
  /** `foreign`: nobody is identified, and nobody tells of changes. */
  readonly settings: SharingSettings & { readonly foreign?: boolean };
}

/**
 * One turn of the event loop, in which all requests that have arrived are read. Over subgraphs in memory a run may end
 * without ever waiting: then nobody would be there to share it.
 */
const whoHasArrived = (): Promise<void> => setImmediate();

/** Puts sharing before a gateway’s executor: behind all that the door asks of an operation, and charges for it. */
export function shareAnswers(gateway: ExecutingGateway, options: ShareOptions): ExecutingGateway {
  const { supergraphSdl, broadcast, settings } = options;
  const fields = settings.foreign ? nobodysFields : readSharedFields(supergraphSdl);
  const kept = { ...settings, ANSWER_CACHE_SECONDS: cacheSeconds(settings) };
  const answers = new SharedAnswers(fields, broadcast, kept, whoHasArrived);
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    async load(asked) {
      const { executor } = await gateway.load(asked);
      return { executor: executor && ((request) => answers.ask(request, executor)) };
    },
    async stop() {
      answers.stop();
      await gateway.stop();
    },
  };
}
