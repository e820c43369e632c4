import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RenderingStandIn {
  readonly url: string;
  /** Query and credentials of each request. */
  readonly asked: { readonly query: URLSearchParams; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** Shows the page of an address after its scripts have run; a number is a status with which the service fails. */
export type Show = (url: string) => { readonly url: string; readonly html: string } | number;

/** Behaves as amerkurev/scrapper does: `GET /api/page?url=…&full-content=true` answers JSON, errors are `detail` lists. */
export async function serveRendering(show: Show): Promise<RenderingStandIn> {
  const asked: RenderingStandIn['asked'] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://service');
    asked.push({ query, authorization: request.headers.authorization });
    const shown = pathname === '/base/api/page' ? show(query.get('url') ?? '') : 404;
    const isShown = typeof shown !== 'number';
    const page = isShown && { id: 'f00d', url: shown.url, title: null, meta: {}, query: Object.fromEntries(query) };
    const content = isShown && query.get('full-content') === 'true' ? { fullContent: shown.html } : {};
    response.writeHead(isShown ? 200 : shown, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page ? { ...page, ...content } : { detail: [{ type: 'playwright', msg: 'no page' }] }));
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    url: `http://reader:s%40lt@127.0.0.1:${(server.address() as AddressInfo).port}/base/`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
