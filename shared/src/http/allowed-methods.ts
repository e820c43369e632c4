import type { FastifyInstance } from 'fastify';

interface Route {
  readonly path: RegExp;
  readonly methods: readonly string[];
}

/** `/images/:sha256` and `/rest/*`, as patterns of what they match. */
function pathPattern(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part === '*') return '.*';
    if (part.startsWith(':')) return '[^/]+';
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

/**
 * Notes the routes that a server is given from now on.
 * @returns which methods there are at a path; none, if there is nothing.
 */
export function noteMethods(server: FastifyInstance): (path: string) => string[] {
  const routes: Route[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    // `*` is what answers preflights everywhere.
    if (url !== '*') routes.push({ path: pathPattern(url), methods: [method].flat() });
  });
  return (path) => [...new Set(routes.flatMap((route) => (route.path.test(path) ? route.methods : [])))].sort();
}
