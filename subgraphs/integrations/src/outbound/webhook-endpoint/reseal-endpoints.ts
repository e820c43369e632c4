import type { SecretBox } from '@gastronom/shared/encrypted-secret';
import { type OnUnreadable, resealPages } from '../../reseal-pages.ts';
import { resealed } from './endpoint-secret.ts';
import type { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';

/** Seals all secrets with the key that seals now: a day after a new key came, the former one is needed no more. */
export const resealEndpoints = (endpoints: WebhookEndpointRepository, box: SecretBox, onUnreadable: OnUnreadable) =>
  resealPages({
    list: (after, size) => endpoints.listSecrets(after, size),
    reseal: async (endpoint) => {
      const anew = resealed(box, endpoint.id, endpoint);
      if (anew) await endpoints.updateSealing(endpoint, anew);
    },
    onUnreadable,
  });
