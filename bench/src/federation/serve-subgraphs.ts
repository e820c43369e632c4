// The four subgraphs in one process, each on a port: `serve-subgraphs.js PORT PORT PORT PORT`. What was asked before is
// answered from memory, byte for byte, so that gateways are measured and not what stands behind them.
// `GET /record` begins to write down what is asked; `GET /calls` gives it back.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type GraphQLSchema, graphql } from 'graphql';
import { subgraphNames, subgraphSchema } from './subgraphs.ts';

interface Call {
  readonly port: number;
  readonly body: string;
}

const mostAnswers = 50_000;
let recorded: Call[] | undefined;

async function answerOf(schema: GraphQLSchema, body: string): Promise<Buffer> {
  const { query, variables, operationName } = JSON.parse(body);
  const answer = await graphql({ schema, source: query, variableValues: variables, operationName });
  return Buffer.from(JSON.stringify(answer));
}

function say(response: ServerResponse, body: Buffer | string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function serveRecord(request: IncomingMessage, response: ServerResponse): void {
  say(response, JSON.stringify(recorded ?? []));
  recorded = request.url === '/record' ? [] : undefined;
}

function serve(schema: GraphQLSchema, port: number): void {
  const answers = new Map<string, Buffer>();
  const ask = async (body: string, response: ServerResponse) => {
    recorded?.push({ port, body });
    let answer = answers.get(body);
    if (!answer) {
      answer = await answerOf(schema, body);
      if (answers.size < mostAnswers) answers.set(body, answer);
    }
    say(response, answer);
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET') return serveRecord(request, response);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      ask(Buffer.concat(parts).toString(), response).catch((error: Error) => {
        response.statusCode = 500;
        response.end(error.stack);
      });
    });
  });
  server.keepAliveTimeout = 600_000;
  server.listen(port, '127.0.0.1');
}

for (const [index, name] of subgraphNames.entries()) serve(subgraphSchema(name), Number(process.argv[index + 2]));
