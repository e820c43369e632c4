import type { SecretBox } from '@gastronom/shared/encrypted-secret';
import { resealed } from './endpoint-secret.ts';
import type { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';

const pageSize = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Seals all secrets with the key that seals now: a day after a new key came, the former one is needed no more. */
export async function resealEndpoints(endpoints: WebhookEndpointRepository, box: SecretBox): Promise<void> {
  for (let after = beforeAll; ; ) {
    const page = await endpoints.listSecrets(after, pageSize);
    for (const endpoint of page) {
      const anew = resealed(box, endpoint.id, endpoint);
      if (anew) await endpoints.updateSealing(endpoint, anew);
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.id;
  }
}
