import { failureOf } from './stripe-api.ts';

/** Something to be made at Stripe exactly once, whatever becomes of the answers. */
export interface OnceCall<Thing> {
  /** Whether it was tried before, so that it may exist. */
  readonly again: boolean;
  find(): Promise<Thing | null>;
  /** With the same idempotency key until `failed` was told. */
  make(): Promise<Thing>;
  /** Stripe answered with an error that it keeps under the key: the next try takes another. */
  failed(message: string, isFinal: boolean): Promise<void>;
}

/** @returns null where Stripe refused it. Throws where the same may work later. */
export async function callOnce<Thing>(call: OnceCall<Thing>): Promise<Thing | null> {
  const found = call.again ? await call.find() : null;
  if (found) return found;
  try {
    return await call.make();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'REFUSED' || failure === 'BROKEN')
      await call.failed((error as Error).message, failure === 'REFUSED');
    if (failure === 'REFUSED') return null;
    throw error;
  }
}
