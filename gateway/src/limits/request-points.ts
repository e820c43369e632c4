/** What requests are charged, in points; see docs/adr/who-asks-for-more-may-ask-less-often.md. */

/** How much of an operation's cost is one more point. */
const costPerPoint = 50;

/** For an operation that runs: a page of twenty goods is 2, a sync of a thousand rows 3. */
export const operationPoints = (cost: number): number => 1 + Math.floor(cost / costPerPoint);

/** More for a document that was not seen before: it is parsed, checked and planned. */
export const unseenDocumentPoints = 5;

/** For a wrong token, key or password: at most sixty guesses a minute from one address, whatever its allowance. */
export const failedIdentificationPoints = (allowance: number): number => Math.max(10, Math.ceil(allowance / 60));

/** Requests that are more work than most, by the beginning of their path. */
const dear: readonly { readonly method: string; readonly prefix: string; readonly points: number }[] = [
  { method: 'POST', prefix: '/api/v1/integrations/one_c/stocks', points: 5 },
  { method: 'POST', prefix: '/api/v1/integrations/images', points: 2 },
  { method: 'POST', prefix: '/api/v1/suppliers/offers', points: 5 },
];

/** What a request is charged to its address when it comes, before anyone knows who sent it. */
export const requestPoints = (method: string, path: string): number =>
  dear.find((kind) => kind.method === method && path.startsWith(kind.prefix))?.points ?? 1;
