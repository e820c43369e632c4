/** What requests are charged, in points; see docs/adr/who-asks-for-more-may-ask-less-often.md. */

/** How much of an operation's cost is one more point. */
const costPerPoint = 50;

/** For an operation that runs: a page of twenty goods is 2, a sync of a thousand rows 3. */
export const operationPoints = (cost: number): number => 1 + Math.floor(cost / costPerPoint);

/** More for a document that was not seen before: it is parsed, checked and planned. */
export const unseenDocumentPoints = 5;

/** For a wrong token, key or password: at most sixty guesses a minute from one address, whatever its allowance. */
export const failedIdentificationPoints = (allowance: number): number => Math.max(10, Math.ceil(allowance / 60));

/** Asked by those who watch over the server, not by its users. */
const watched = new Set(['/livez', '/readyz', '/health']);

/** Requests that are more work than most, by the beginning of their path. */
const dear: readonly { readonly method: string; readonly prefix: string; readonly points: number }[] = [
  { method: 'POST', prefix: '/api/v1/integrations/one_c/stocks', points: 5 },
  { method: 'POST', prefix: '/api/v1/integrations/images', points: 2 },
];

/** What a request is charged to its address when it comes, before anyone knows who sent it. */
export function requestPoints(method: string, url: string): number {
  const path = url.split('?', 1)[0] ?? url;
  if (watched.has(path)) return 0;
  return dear.find((kind) => kind.method === method && path.startsWith(kind.prefix))?.points ?? 1;
}
