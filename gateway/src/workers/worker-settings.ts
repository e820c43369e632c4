import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** How many processes serve: a number, or as many as the machine has cores for us. */
export const workerVariables = {
  WORKERS: z
    .union([z.literal('auto').transform(() => availableParallelism()), z.coerce.number().int().min(1).max(256)], {
      error: 'takes a number of processes from 1 to 256, or auto',
    })
    .default(1),
};
