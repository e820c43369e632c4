import autocannon from 'autocannon';

export interface Load {
  readonly url: string;
  readonly bodies: readonly string[];
  /** How long, or how many requests. */
  readonly seconds?: number;
  readonly requests?: number;
  readonly connections: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks as fast as it is answered, each connection from another place in the list on, and wants every answer to be good. */
export async function load({ url, bodies, connections, headers, ...much }: Load): Promise<autocannon.Result> {
  const requests = bodies.map((body) => ({
    method: 'POST' as const,
    path: new URL(url).pathname,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  }));
  let connection = 0;
  const setupClient = (client: { setRequests(requests: unknown[]): void }) => {
    connection += 1;
    const start = (connection * 61) % requests.length;
    client.setRequests([...requests.slice(start), ...requests.slice(0, start)]);
  };
  const amount = much.requests === undefined ? { duration: much.seconds } : { amount: much.requests };
  const options = { url, requests, setupClient, connections, timeout: 120, ...amount } as autocannon.Options;
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} requests to ${url} failed`);
  return result;
}
