import { logLevelOf } from '@gastronom/shared/env';
import { createLogger } from '@gastronom/shared/logger';
import { start } from '@gastronom/shared/start';
import { readGatewaySettings } from './env.ts';
import { prepare } from './prepare.ts';
import { runProgram } from './workers/run-program.ts';

start(() =>
  runProgram({
    readSettings: () => readGatewaySettings(),
    createLogger: (settings) => createLogger('gateway', logLevelOf(settings)),
    prepare,
    // What serves is much to load, and nothing that a process needs which only keeps workers.
    serve: async (...where) => (await import('./serve.ts')).serve(...where),
  }),
);
