import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettingError } from '../env.ts';
import type { Logger } from '../logger.ts';
import { type MetricsSnapshot, measure, metricsContentType, printMetrics, readMetrics } from '../metrics.ts';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  readonly METRICS_HOST: string;
  readonly METRICS_PORT?: number | undefined;
}

const readHere = async (): Promise<MetricsSnapshot[]> => [await readMetrics()];

/**
 * Serves `GET /metrics` apart from the public door, where METRICS_PORT is set; undefined where it is not.
 * @param read what is served: of this process, unless given.
 */
export async function serveMetrics(
  { METRICS_HOST: host, METRICS_PORT: port }: MetricsServerOptions,
  logger: Logger,
  read: () => Promise<MetricsSnapshot[]> = readHere,
): Promise<MetricsServer | undefined> {
  if (port === undefined) return undefined;
  measure();
  const answer = async ({ method, url }: IncomingMessage, response: ServerResponse) => {
    if ((method !== 'GET' && method !== 'HEAD') || url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Metrics are at GET /metrics.\n');
      return;
    }
    try {
      const text = await printMetrics(await read());
      response.writeHead(200, { 'content-type': metricsContentType, 'cache-control': 'no-store' }).end(text);
    } catch (error) {
      logger.error({ err: error }, 'the metrics could not be read');
      response.writeHead(500).end();
    }
  };
  const server = createServer({ requestTimeout: 10_000, keepAliveTimeout: 75_000 }, (request, response) => {
    void answer(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new SettingError(`METRICS_PORT: ${port} on ${host} cannot be opened (${error.code}): choose another.`);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}/metrics`;
  logger.info({ url }, 'serving metrics');
  return {
    url,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
