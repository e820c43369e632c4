import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type IntegrationsContext, integrationsContext } from '../context.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { ExchangeImportService } from './exchange-import.service.ts';
import { cookieName, findSession, logIn, sessionKey } from './exchange-login.ts';
import { ExchangeUploadService } from './exchange-upload.service.ts';
import { readFileName } from './file-name.ts';
import { openOrders, orderDocument } from './order-export.ts';
import { SaleImportService } from './sale-import.service.ts';

export const exchangePath = '/api/v1/integrations/one_c/exchange';

interface Answer {
  readonly type: string;
  readonly text: string;
}

type Act = (context: IntegrationsContext, request: FastifyRequest) => Promise<Answer>;

/** 1C reads the charset of the answer; its default, windows-1251, would spoil names of goods in other alphabets. */
const plain = (...lines: readonly string[]): Answer => ({
  type: 'text/plain; charset=utf-8',
  text: `${lines.join('\n')}\n`,
});

const xml = (text: string): Answer => ({ type: 'application/xml; charset=utf-8', text });

const parameter = ({ query }: FastifyRequest, name: string): string | undefined => {
  const value = (query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
};

const checkauth: Act = async (context, request) => {
  const { token, session } = await logIn(context, request);
  const timestamp = Math.floor(session.startedAt.getTime() / 1000);
  return plain('success', cookieName, token, sessionKey(session), `timestamp=${timestamp}`);
};

/** Two lines for every 1C; the newer ones read the session and the version of CommerceML too. */
const init: Act = async (context, request) => {
  const session = await findSession(context, request);
  await new ExchangeUploadService(context, session).init();
  const limit = context.settings.exchange.fileLimit;
  return plain('zip=yes', `file_limit=${limit}`, sessionKey(session), 'version=2.09');
};

const file: Act = async (context, request) => {
  const session = await findSession(context, request);
  const name = readFileName(parameter(request, 'filename'));
  const chunk = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  await new ExchangeUploadService(context, session).append(name, chunk);
  return plain('success');
};

const importFile: Act = async (context, request) => {
  const session = await findSession(context, request);
  const name = readFileName(parameter(request, 'filename'));
  const { word, lines } = await new ExchangeImportService(context, session).ask(name);
  return plain(word, ...lines);
};

/** Newer exchanges end with these: what there was to hide is hidden by then, and there is nothing left to do. */
const nothingLeft: Act = async (context, request) => {
  await findSession(context, request);
  return plain('success');
};

/** Of sales 1C brings little: without archives, each piece can be looked at as it comes. */
const initSale: Act = async (context, request) => {
  const session = await findSession(context, request);
  await new ExchangeUploadService(context, session).init();
  return plain('zip=no', `file_limit=${context.settings.exchange.fileLimit}`, sessionKey(session), 'version=2.09');
};

const queryOrders: Act = async (context, request) => {
  const { id } = await findSession(context, request);
  return xml(orderDocument(await openOrders(context, id), new Date()));
};

const confirmOrders: Act = async (context, request) => {
  const { id } = await findSession(context, request);
  await context.orders.confirm(id);
  return plain('success');
};

const saleFile: Act = async (context, request) => {
  const session = await findSession(context, request);
  const name = readFileName(parameter(request, 'filename'));
  const chunk = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return plain('success', ...(await new SaleImportService(context, session).append(name, chunk)));
};

const importSale: Act = async (context, request) => {
  const session = await findSession(context, request);
  const name = readFileName(parameter(request, 'filename'));
  return plain('success', ...(await new SaleImportService(context, session).import(name)));
};

const acts: Readonly<Record<string, Readonly<Record<string, Act>>>> = {
  catalog: { checkauth, init, file, import: importFile, deactivate: nothingLeft, complete: nothingLeft },
  sale: {
    checkauth,
    init: initSale,
    query: queryOrders,
    success: confirmOrders,
    file: saleFile,
    import: importSale,
    complete: nothingLeft,
  },
};

function findAct(request: FastifyRequest): Act {
  const type = parameter(request, 'type') ?? '';
  const mode = parameter(request, 'mode') ?? '';
  const modes = Object.hasOwn(acts, type) ? acts[type] : undefined;
  if (!modes) throw new ExchangeFailure(`type=${type.slice(0, 40)} is not known here; catalog and sale are.`);
  const act = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (act) return act;
  const known = Object.keys(modes).join(', ');
  throw new ExchangeFailure(`mode=${mode.slice(0, 40)} is not known for type=${type}; ${known} are.`);
}

function sendFailure(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = error instanceof ExchangeFailure;
  if (!known) request.log.error({ err: error }, 'an exchange request failed');
  const message = known
    ? error.message
    : `Something went wrong on the shop’s side. Its log knows this as ${request.id}.`;
  if (known && error.status === 401) reply.header('www-authenticate', 'Basic realm="1C", charset="UTF-8"');
  const { type, text } = plain('failure', message);
  return reply
    .code(known ? error.status : 500)
    .type(type)
    .send(text);
}

/** 1C’s own exchange with sites: one address, at which it logs in, sends the files of an export, and asks for their import. */
export function serveExchange(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = integrationsContext(environment);
  server.route({
    method: ['GET', 'POST'],
    url: exchangePath,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      try {
        const { type, text } = await findAct(request)(contextOf(request.caller), request);
        return reply.type(type).header('cache-control', 'no-store').send(text);
      } catch (error) {
        return sendFailure(request, reply, error);
      }
    },
  });
}
