import { z } from 'zod';

/** A signing secret of Clerk's webhook: `whsec_` and Base64. */
export const signingSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, 'takes signing secrets of Clerk’s webhook, as whsec_…');
