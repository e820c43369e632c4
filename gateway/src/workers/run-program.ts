import cluster from 'node:cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '@gastronom/shared/logger';
import { serveMetrics } from '@gastronom/shared/metrics/metrics-server';
import { reasonOf } from '@gastronom/shared/start';
import { alone } from './place.ts';
import { Primary } from './primary.ts';
import { type Program, type ProgramSettings, type Stop, type Surroundings, stopAll } from './program.ts';
import { runWorker } from './worker.ts';

function stopOnSignals(stops: Stop[], logger: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    await stopAll(stops);
    process.exit();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, (name) => void stop(name));
}

async function runAlone<Settings extends ProgramSettings, Given extends object>(
  program: Program<Settings, Given>,
  surroundings: Surroundings<Settings>,
): Promise<void> {
  const { settings, logger, stops } = surroundings;
  process.on('SIGUSR2', () => logger.warn('with WORKERS=1 there is nobody to take over: stop, then start again'));
  const metrics = await serveMetrics(settings, logger);
  stops.push(async () => metrics?.close());
  const served = await program.serve(await program.prepare(surroundings), alone, surroundings);
  logger.info({ url: served.url }, 'listening');
  await served.introduce?.();
}

/** A folder that only this user may enter, for the sockets between workers. */
async function socketFolder(stops: Stop[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gastronom-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function runPrimary<Settings extends ProgramSettings, Given extends object>(
  program: Program<Settings, Given>,
  surroundings: Surroundings<Settings>,
): Promise<void> {
  const { settings, logger, stops } = surroundings;
  const given = await program.prepare(surroundings);
  const folder = await socketFolder(stops);
  const primary = new Primary(settings.WORKERS, {
    logger,
    assignment: { given, folder, isMeasured: settings.METRICS_PORT !== undefined },
    async onFailure(error) {
      console.error(reasonOf(error));
      await stopAll(stops);
      process.exit(1);
    },
  });
  stops.push(() => primary.stop());
  const metrics = await serveMetrics(settings, logger, () => primary.readMetrics());
  stops.push(async () => metrics?.close());
  let serves = false;
  process.on('SIGUSR2', () => {
    if (!serves) return logger.warn('the workers are not replaced before all serve');
    const restart = async () => primary.restart(program.readSettings().WORKERS);
    restart().catch((error: unknown) => logger.error({ err: error }, 'the workers could not be replaced'));
  });
  const url = await primary.start();
  serves = true;
  logger.info({ url, workers: settings.WORKERS }, 'listening');
  await primary.introduce();
}

/**
 * Runs a program in this process; or, where WORKERS asks for more than one, in so many that serve the same port, which this
 * one starts and keeps.
 */
export async function runProgram<Settings extends ProgramSettings, Given extends object>(
  program: Program<Settings, Given>,
): Promise<void> {
  if (cluster.isWorker) return runWorker(program);
  const settings = program.readSettings();
  const logger = program.createLogger(settings);
  const stops: Stop[] = [];
  stopOnSignals(stops, logger);
  try {
    await (settings.WORKERS > 1 ? runPrimary : runAlone)(program, { settings, logger, stops });
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}
