import { DomainError } from '@gastronom/shared/domain-error';

/** `PAYMENTS_OFF`: no secret key of Stripe is set. `NOT_PAYABLE`: Stripe takes no such amount. `ENDED`: it is too late. */
export type PaymentRefusal = 'PAYMENTS_OFF' | 'NOT_PAYABLE' | 'ENDED';

/** A card cannot be charged for this order, however often it is tried. */
export class PaymentRefusedError extends DomainError {
  readonly refusal: PaymentRefusal;

  constructor(refusal: PaymentRefusal, message: string) {
    super('BAD_USER_INPUT', message);
    this.refusal = refusal;
  }
}

export const paymentsOff = 'Cards are not taken here: order on invoice.';
