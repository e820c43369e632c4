import { randomBytes } from 'node:crypto';
import { createGzip, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { type ShopAnswer, type ShopHandler, type ShopPage, send } from './shop-web.ts';

const answer = (page: ShopPage, ...[request, response, time]: Parameters<ShopHandler>): void =>
  typeof page === 'function' ? page(request, response, time) : send(response, page);

/** Other letters than ASCII go out as some servers send them: as they are, in UTF-8. */
export const redirectTo = (location: string, status = 302): ShopAnswer => ({
  status,
  headers: { location: Buffer.from(location).toString('latin1') },
});

/** In another encoding than UTF-8; the header names it unless `isNamed` is false. */
export const inCharset = (html: string, charset: string, isNamed = true): ShopAnswer => ({
  headers: { 'content-type': isNamed ? `text/html; charset=${charset}` : 'text/html' },
  body: iconv.encode(html, charset),
});

/** Fails so many times, then shows the page. */
export const flaky =
  (times: number, fault: ShopAnswer, page: ShopPage): ShopHandler =>
  (request, response, time) =>
    answer(time > times ? page : fault, request, response, time);

/** Breaks the connection off so many times without a word, then shows the page. */
export const breaking =
  (times: number, page: ShopPage): ShopHandler =>
  (request, response, time) => {
    if (time > times) answer(page, request, response, time);
    else request.socket.destroy();
  };

/** Takes the request and never answers. */
export const silent: ShopHandler = () => undefined;

/** Begins a page and then sends nothing more. */
export const stuck: ShopHandler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.write('<!doctype html><title>');
};

/** A body of 5 GB, of which as much is made as is read. `sent` tells how much that was, in bytes. */
export function endless(): { readonly page: ShopHandler; sent(): number } {
  const part = Buffer.from(`<p>${'tea '.repeat(16_384)}</p>`);
  let sent = 0;
  const page: ShopHandler = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const more = () => {
      while (!response.destroyed && sent < 5_000_000_000) {
        sent += part.length;
        if (!response.write(part)) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
  };
  return { page, sent: () => sent };
}

/** Zeros, packed a thousandfold: what is sent is small, what comes of it is not. `made` tells how much was packed. */
export function gzipBomb(megabytes: number): { readonly page: ShopHandler; made(): number } {
  const part = Buffer.alloc(1_048_576, 0x20);
  let made = 0;
  const page: ShopHandler = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: 9 });
    gzip.pipe(response);
    response.on('close', () => gzip.destroy());
    const more = () => {
      while (!gzip.destroyed && made < megabytes) {
        made += 1;
        if (!gzip.write(part)) {
          gzip.once('drain', more);
          return;
        }
      }
      gzip.end();
    };
    more();
  };
  return { page, made: () => made };
}

/** Says how long it is, and ends before. */
export const truncated: ShopHandler = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': '10000' });
  response.write('<!doctype html><title>Green', () => response.destroy());
};

/** Packed, with its end missing. */
export const truncatedGzip: ShopAnswer = {
  headers: { 'content-encoding': 'gzip' },
  body: gzipSync(randomBytes(4_096).toString('hex')).subarray(0, 2_000),
};

export const hugeHeaders: ShopAnswer = {
  headers: { 'set-cookie': Array.from({ length: 40 }, (_, place) => `c${place}=${'x'.repeat(4_000)}`) },
};

/** Shows its page to those alone who bring the cookie that it gives. */
export const behindCookie =
  (page: ShopPage): ShopHandler =>
  (request, response, time) => {
    if (request.headers.cookie?.includes('seen=1')) answer(page, request, response, time);
    else send(response, { status: 302, headers: { location: request.url ?? '/', 'set-cookie': 'seen=1; Path=/' } });
  };

/** Answers 304 to those who have the page already. */
export const versioned =
  (etag: string, body: string): ShopHandler =>
  (request, response) => {
    const isKnown = request.headers['if-none-match'] === etag;
    const headers = { etag, 'last-modified': 'Mon, 16 Nov 2026 08:00:00 GMT' };
    send(response, isKnown ? { status: 304, headers } : { headers, body });
  };

/** A guard’s page, as it is shown to who may be no person. */
export const challenge: ShopAnswer = {
  status: 403,
  body: '<!doctype html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>',
};
