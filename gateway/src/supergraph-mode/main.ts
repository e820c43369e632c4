import { parseArgs } from 'node:util';
import { logLevelOf, SettingError } from '@gastronom/shared/env';
import { createLogger } from '@gastronom/shared/logger';
import { start } from '@gastronom/shared/start';
import { listenTrouble } from '../http/listen-trouble.ts';
import { runProgram } from '../workers/run-program.ts';
import { shareOut } from '../workers/share-out.ts';
import { pathFromUser, readSupergraphSettings } from './env.ts';

const help = `pnpm gateway --supergraph FILE [--port N]

Serves a Federation 2 supergraph with this product's gateway, over the subgraphs at its
routing URLs. For development, benchmarks and conformance suites: nobody is identified,
no header of the client is passed on, no error is masked, and limits are wide.

  --supergraph FILE  the supergraph's schema, as composition prints it
  --port N           where to listen (PORT, else 4000); 0 for any free port
  --help             this text

Settings are read from the environment, as for the product (.env.example), not from .env:
HOST (127.0.0.1), LOG_LEVEL (warn), EXECUTOR and PLANNER, SUBGRAPH_SHARING,
SUBGRAPH_CONNECTIONS, WORKERS, METRICS_PORT, OPERATION_TIMEOUT_MS, SUBGRAPH_TIMEOUT_MS.
GraphQL is at /graphql, health at /livez, /readyz and /health.
`;

function readArguments() {
  // pnpm hands on the `--` that other tools need before arguments.
  const args = process.argv.slice(2).filter((argument) => argument !== '--');
  try {
    return parseArgs({
      args,
      options: { supergraph: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new SettingError(`${(error as Error).message}\n\n${help}`);
  }
}

async function run(): Promise<void> {
  const { supergraph, port, help: asksForHelp } = readArguments();
  if (asksForHelp) {
    process.stdout.write(help);
    return;
  }
  if (supergraph === undefined) throw new SettingError(`--supergraph: name the file.\n\n${help}`);
  const file = pathFromUser(supergraph);
  await runProgram({
    readSettings: () => readSupergraphSettings(port),
    createLogger: (settings) => createLogger('gateway', logLevelOf(settings)),
    // Each worker reads the file, so that one that takes the place of another goes by what it says then.
    prepare: async () => ({}),
    async serve(_given, place, { settings: whole, logger, stops }) {
      const settings = shareOut(whole, place.workers);
      const { readSupergraphFile, startSupergraphGateway } = await import('./supergraph-gateway.ts');
      const sdl = await readSupergraphFile(file);
      const starts = startSupergraphGateway(sdl, supergraph, settings, logger, place);
      const gateway = await starts.catch((error: unknown) => {
        throw listenTrouble(error, settings.PORT);
      });
      stops.push(() => gateway.stop());
      return {
        url: gateway.url,
        drain: () => gateway.drain(),
        async introduce() {
          process.stdout.write(`The supergraph ${supergraph} is ready at ${gateway.url}/graphql\n`);
        },
      };
    },
  });
}

start(run);
