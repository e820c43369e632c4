import { DomainError } from '@gastronom/shared/domain-error';
import { Stripe } from 'stripe';
import { z } from 'zod';
import type { NewEvent } from './payment-event.repository.ts';

const toleranceSeconds = 300;

/** What is read of an event: which thing it is about. How that stands is asked of Stripe, whatever the event says. */
const eventSchema = z.object({
  id: z.string().max(200),
  type: z.string().max(200),
  account: z.string().max(200).nullish(),
  // Some things of Stripe's have no id, as a balance: they are none of ours.
  data: z.object({ object: z.object({ id: z.string().max(200).default(''), payment_intent: z.unknown().optional() }) }),
});

function isSigned(body: Buffer, signature: string, secret: string): boolean {
  try {
    Stripe.webhooks.constructEvent(body, signature, secret, toleranceSeconds);
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

/** Lets in what Stripe signed within the last five minutes, with one of several secrets while one takes the other's place. */
export function admitEvent(secrets: readonly string[], signature: string, body: Buffer): NewEvent {
  if (!secrets.some((secret) => isSigned(body, signature, secret)))
    throw new DomainError('UNAUTHENTICATED', 'The signature is not Stripe’s, or is older than five minutes.');
  const event = eventSchema.safeParse(JSON.parse(body.toString('utf8')));
  if (!event.success) throw new DomainError('BAD_REQUEST', 'The event cannot be read.');
  const { id, type, account, data } = event.data;
  const { payment_intent: intent } = data.object;
  // What a charge is to us stands with its payment.
  const objectId = type.startsWith('charge.') && !/dispute|refund\./.test(type) ? intent : data.object.id;
  return { id, type, account: account ?? null, objectId: typeof objectId === 'string' ? objectId : data.object.id };
}
