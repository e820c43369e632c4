import { logLevelOf } from '@gastronom/shared/env';
import { createLogger } from '@gastronom/shared/logger';
import { start } from '@gastronom/shared/run-subgraph';
import { readGatewaySettings } from './env.ts';
import { prepare, serve } from './serve.ts';
import { runProgram } from './workers/run-program.ts';

start(() =>
  runProgram({
    readSettings: () => readGatewaySettings(),
    createLogger: (settings) => createLogger('gateway', logLevelOf(settings)),
    prepare,
    serve,
  }),
);
