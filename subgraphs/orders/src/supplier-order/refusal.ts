import type { UserError } from '@gastronom/shared/user-error.type';
import { userErrorCodes } from '@gastronom/shared/user-error-codes';

export const fulfilmentError = userErrorCodes({
  NOT_FOUND: 'there is no such order, or it is another’s',
  NOT_ALLOWED: 'the order’s status, or your part in it, does not allow this; `allowedTransitions` says what it does',
  CHANGED_MEANWHILE: 'somebody changed it since the `version` that was sent: look again',
  TOO_LATE: 'the supplier’s terms do not let the buyer cancel it any more, or the time for corrections is over',
  REASON_MISSING: 'a reason has to be given',
  UNKNOWN_LINE: 'the order has no such line, or it is named twice',
  BAD_QUANTITY: 'the quantity is no decimal with at most 3 places, negative, or more than there can be',
  BAD_WEIGHT: 'the weight is no decimal with at most 3 places, negative, or of goods that are not sold by real weight',
  NOTHING_CONFIRMED: 'every quantity is 0: reject the order instead',
  SUBSTITUTES_REFUSED: 'the buyer wants no substitutes',
  UNKNOWN_SUBSTITUTE: 'the supplier has no such offer for this buyer, or in another currency',
  PAID_BY_CARD: 'what was paid by card is refunded if it does not come, and not back-ordered',
  BAD_TEXT: 'a text is empty, too long, or holds characters that are no text',
  BAD_DATE: 'the moment lies in the future, or before the order was placed',
  BAD_PHOTO: 'a photo is no https address, or there are more than 20',
  KEY_REUSED: 'this idempotency key came before with another delivery',
});

type Code = Parameters<typeof fulfilmentError>[0];

/** A command that is not done: nothing of its transaction stands. */
export class Refusal extends Error {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    super(userErrors.map(({ message }) => message).join(' '));
    this.name = 'Refusal';
    this.userErrors = userErrors;
  }
}

export const refuse = (code: Code, field: readonly string[], message: string): Refusal =>
  new Refusal([fulfilmentError(code, ['input', ...field], message)]);

/** What the caller is told of a refusal; anything else is thrown on. */
export function refusedBy(error: unknown): readonly UserError[] {
  if (error instanceof Refusal) return error.userErrors;
  throw error;
}
