import autocannon from 'autocannon';

export interface Load {
  readonly url: string;
  readonly bodies: readonly string[];
  readonly seconds: number;
  readonly connections: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks as fast as it is answered, each connection from another place in the list on, and wants every answer to be good. */
export async function load({ url, bodies, connections, headers, seconds }: Load): Promise<autocannon.Result> {
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
  const options = { url, requests, setupClient, connections, timeout: 120, duration: seconds } as autocannon.Options;
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} requests to ${url} failed`);
  return result;
}

/** Compilers take some hundreds of requests to see what is hot: so many, or what half a minute takes. */
export async function warmUp(at: Omit<Load, 'seconds'>, requests: number): Promise<void> {
  let answered = 0;
  for (let seconds = 0; answered < requests && seconds < 30; seconds += 3) {
    answered += (await load({ ...at, seconds: 3 }))['2xx'];
  }
}
