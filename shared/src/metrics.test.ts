import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';
import { serveMetrics } from './metrics/metrics-server.ts';
import { beforeRead, counter, gauge, histogram, printMetrics, readMetrics } from './metrics.ts';

const logger = createLogger('test', 'silent');

describe('metrics', () => {
  it('count in one place, however often one asks for it', async () => {
    counter('gastronom_test_total', 'Tests.', ['kind']).inc({ kind: 'a' });
    counter('gastronom_test_total', 'Tests.', ['kind']).inc({ kind: 'a' }, 2);

    expect(await printMetrics([await readMetrics()])).toContain('gastronom_test_total{kind="a"} 3');
  });

  it('of several workers are added up', async () => {
    histogram('gastronom_test_seconds', 'Time.', ['route']).observe({ route: '/graphql' }, 0.02);
    const snapshot = await readMetrics();

    const text = await printMetrics([snapshot, JSON.parse(JSON.stringify(snapshot))]);

    expect(text).toContain('gastronom_test_seconds_bucket{le="0.025",route="/graphql"} 2');
    expect(text).toContain('gastronom_test_seconds_count{route="/graphql"} 2');
  });

  it('ask what is known elsewhere each time that they are read, until told not to', async () => {
    let level = 0;
    const seen = gauge('gastronom_test_level', 'Level.');
    const end = beforeRead(() => {
      level += 1;
      seen.set(level);
    });

    await readMetrics();
    expect(await printMetrics([await readMetrics()])).toContain('gastronom_test_level 2');
    end();
    expect(await printMetrics([await readMetrics()])).toContain('gastronom_test_level 2');
  });

  it('are served where a port is set, with those of Node, and nowhere else', async () => {
    expect(await serveMetrics({ METRICS_HOST: '127.0.0.1' }, logger)).toBeUndefined();
    const server = await serveMetrics({ METRICS_HOST: '127.0.0.1', METRICS_PORT: 0 }, logger);
    const url = server?.url ?? '';

    const answer = await fetch(url);
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('gastronom_test_total');
    expect((await fetch(new URL('/', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    const port = Number(new URL(url).port);
    await expect(serveMetrics({ METRICS_HOST: '127.0.0.1', METRICS_PORT: port }, logger)).rejects.toThrow(
      `METRICS_PORT: ${port} on 127.0.0.1 cannot be opened (EADDRINUSE): choose another.`,
    );
    await server?.close();
  });
});
