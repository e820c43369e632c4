import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { type IntegrationsContext, internalContext } from '../context.ts';
import { ImageRepository } from './image.repository.ts';
import { ensureVariant, variantKey, variantsOf } from './image-variants.ts';

/** One picture at a time in a process: it keeps a core busy. */
export const makeImageVariants = defineJob({
  name: 'make-image-variants',
  payload: z.object({ sha256: z.string() }),
  retries: 2,
  retrySeconds: 10,
});

/** Makes what is missing, so that a try after a failure, or for a picture that readers wanted first, does the rest. */
async function makeAll(context: IntegrationsContext, sha256: string): Promise<void> {
  const { images, manager } = context;
  const repository = new ImageRepository(manager);
  const image = await repository.find(sha256);
  if (!image) return;
  for (const variant of variantsOf(image, images.settings.widths)) {
    if (!(await images.storage.has(variantKey(image, variant)))) await ensureVariant(context, image, variant);
  }
  await repository.updateVariantsMade(sha256);
}

export function imageVariantsJob(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(makeImageVariants, ({ id, payload }) => {
    const context = internalContext(environment, id);
    return makeAll(context, payload.sha256);
  });
}
