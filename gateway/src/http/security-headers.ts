import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** An answer of the API is data: nothing in it may run, load or be framed, whatever a browser takes it for. */
const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const sandboxScripts = 'https://embeddable-sandbox.cdn.apollographql.com';
const landingPage = 'https://apollo-server-landing-page.cdn.apollographql.com';

/**
 * What the page of Apollo Sandbox needs: its script, which opens Sandbox in a frame and asks us on its behalf. Inline scripts
 * and styles are narrowed to the page's own by the policy that stands in the page.
 */
const sandboxPolicy = [
  "default-src 'none'",
  `script-src 'unsafe-inline' ${sandboxScripts} ${landingPage}`,
  `style-src 'unsafe-inline' ${sandboxScripts} ${landingPage} https://fonts.googleapis.com`,
  `img-src data: ${landingPage}`,
  'font-src https://fonts.gstatic.com',
  `manifest-src ${landingPage}`,
  'frame-src https://sandbox.embed.apollographql.com',
  "connect-src 'self' https://*.apollographql.com",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The headers that tell browsers what not to do with our answers. Pictures bring their own, so that shops can show them. */
export async function sendSecurityHeaders(server: FastifyInstance, sandbox: boolean): Promise<void> {
  await server.register(helmet, {
    // Set below: which one depends on the answer.
    contentSecurityPolicy: false,
    // Sent where HTTPS is all there is, by `requireHttps`.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  server.addHook('onSend', async (_request, reply) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', isPage && sandbox ? sandboxPolicy : nothing);
    // Most answers depend on who asks; what may be kept says so itself.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}
