/** An error as Stripe answers it: docs.stripe.com/api/errors. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error' | 'rate_limit_error';
  readonly code: string | undefined;

  constructor(status: number, type: StripeFailure['type'], message: string, code?: string) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
  }

  get body(): object {
    const { type, message, code } = this;
    return { error: { type, message, ...(code === undefined ? {} : { code }) } };
  }
}

export const invalid = (message: string, code?: string): StripeFailure =>
  new StripeFailure(400, 'invalid_request_error', message, code);

export const missing = (kind: string, id: string): StripeFailure =>
  new StripeFailure(404, 'invalid_request_error', `No such ${kind}: '${id}'`, 'resource_missing');
