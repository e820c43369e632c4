import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import { forNobodyElse } from '../sharing/cache-headers.ts';

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

/** Asks helmet once: it says the same to everybody, and asking for each request would cost as much as a fifth of it. */
async function helmetHeaders(): Promise<Record<string, unknown>> {
  const asked = Fastify();
  await asked.register(helmet, {
    contentSecurityPolicy: false,
    // Sent where HTTPS is all there is, by `requireHttps`.
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // These speak to browsers and plug-ins that are no more.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    dnsPrefetchControl: false,
  });
  asked.get('/', () => '');
  const { headers } = await asked.inject('/');
  await asked.close();
  const ofEachAnswer = new Set(['connection', 'content-length', 'content-type', 'date']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofEachAnswer.has(name)));
}

/** The headers that tell browsers what not to do with our answers. Pictures bring their own, so that shops can show them. */
export async function sendSecurityHeaders(server: FastifyInstance, sandbox: boolean): Promise<void> {
  const headers = {
    ...(await helmetHeaders()),
    'content-security-policy': nothing,
    // Most answers depend on who asks; what may be kept says so itself.
    'cache-control': forNobodyElse,
  };
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  if (!sandbox) return;
  server.addHook('onSend', async (_request, reply) => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html'))
      reply.header('content-security-policy', sandboxPolicy);
  });
}
