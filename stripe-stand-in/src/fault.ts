/** The ways in which a request may go wrong, as somebody who wants to see them would say it. */
export const faults = {
  cut: 'the connection is cut before anything was done',
  'cut-after': 'everything was done, and the connection is cut before the answer: a time-out after success',
  silent: 'nothing was done, and nothing is ever answered',
  'silent-after': 'everything was done, and nothing is ever answered',
  conflict: 'HTTP 409: another request with the same idempotency key is under way',
  'rate-limit': 'HTTP 429',
  broken: 'HTTP 500 before anything was done, kept under the idempotency key',
  'broken-after': 'HTTP 500 though everything was done, kept under the idempotency key',
} as const;

export type Fault = keyof typeof faults;
