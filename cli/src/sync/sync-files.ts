import { CliError, UsageError } from '../cli-error.ts';
import type { Notices } from '../reader/notices.ts';
import { type InputOptions, openInput, scanFiles } from '../reader/open-input.ts';
import type { Input } from '../reader/row.ts';
import { declareAll } from './declare.ts';
import { type OutcomeCounts, outcomes, rowsIn, type SyncTally } from './outcome-tally.ts';
import type { Progress } from './progress.ts';
import { RejectsFile } from './rejects-file.ts';
import { RowSender } from './row-sender.ts';
import { newProgress, type RunProgress, RunStateFile } from './run-state.ts';
import type { SyncGraph, SyncMode, SyncRun } from './sync-graph.ts';

export interface SyncRequest {
  paths: readonly string[];
  input: InputOptions;
  source: string;
  mode: SyncMode;
  warehouse: string | undefined;
  observedAt: string | undefined;
  batchSize: number;
  concurrency: number;
  rejectsPath: string;
}

export interface SyncTools {
  graph: SyncGraph;
  /** Part of the state's name: a run lives on one server. */
  url: string;
  dataDir: string;
  notices: Notices;
  showProgress(totalBytes: number): Progress;
}

/** What a sync did, all rows accounted for. */
export interface SyncReport {
  run: SyncRun;
  mode: SyncMode;
  resumed: boolean;
  warehouses: OutcomeCounts;
  categories: OutcomeCounts;
  goods: OutcomeCounts;
  stocks: OutcomeCounts;
  unreadable: number;
  rejectsFile: string | null;
  /** Of this call; a resumed one does not count the rows that were sent before. */
  seconds: number;
  rowsPerSecond: number;
}

/** The run that an earlier call was cut off in, if the server still waits for the rest of it. */
async function findCutRun(state: RunStateFile, graph: SyncGraph): Promise<RunProgress | undefined> {
  const progress = await state.find();
  if (!progress) return undefined;
  const run = await graph.find(progress.runId);
  return run?.status === 'RUNNING' ? progress : undefined;
}

function checkMode(input: Input, mode: SyncMode, notices: Notices): void {
  if (mode === 'SNAPSHOT' && input.holdsOnlyChanges) {
    throw new UsageError(
      'this export says that it holds only changes: as a snapshot it would hide all other goods. Leave --snapshot out',
    );
  }
  if (mode === 'DELTA' && input.holdsOnlyChanges === false) {
    notices.add('this export says that it is complete: with --snapshot, goods that it no longer mentions are hidden');
  }
}

const rowsOf = (tally: SyncTally) => rowsIn(tally.goods) + rowsIn(tally.stocks) + tally.unreadable;

/** A snapshot speaks of absent goods too, so it must have been read whole. */
async function refusePartialSnapshot(
  tally: SyncTally,
  runId: string,
  rejectsPath: string,
  graph: SyncGraph,
  state: RunStateFile,
): Promise<void> {
  const empty = rowsIn(tally.goods) + rowsIn(tally.stocks) === 0;
  if (tally.unreadable === 0 && !empty) return;
  await graph.cancel(runId);
  await state.remove();
  const why = empty ? 'no row was read' : `${tally.unreadable} rows could not be read (see ${rejectsPath})`;
  throw new CliError(
    `${why}, so a snapshot cannot tell which goods are gone: what was read is stored, nothing was hidden, run ${runId} is cancelled`,
  );
}

/** Reads files and brings what they hold into the graph, in one run. */
export async function syncFiles(request: SyncRequest, tools: SyncTools): Promise<SyncReport> {
  const { graph, notices } = tools;
  const { paths, source, mode, warehouse, batchSize, rejectsPath } = request;
  const started = performance.now();
  const scans = await scanFiles(paths);
  const input = await openInput(scans, request.input, notices);
  checkMode(input, mode, notices);
  const hashes = scans.map((scan) => scan.sha256);
  const identity = {
    url: tools.url,
    hashes,
    input: request.input,
    source,
    mode,
    warehouse,
    batchSize,
    observedAt: request.observedAt,
  };
  const state = new RunStateFile(tools.dataDir, identity);

  const cut = await findCutRun(state, graph);
  const observedAt = cut?.observedAt ?? request.observedAt ?? new Date().toISOString();
  const declared = await declareAll(input, { source, observedAt }, graph, notices);
  const run = cut ?? newProgress((await graph.start(source, mode, warehouse)).id, observedAt);
  await state.save(run);
  const rowsBefore = rowsOf(run.tally);
  const rejects = new RejectsFile(rejectsPath);
  rejects.resumeAt(run.rejectsBytes);
  const progress = tools.showProgress(input.totalBytes);
  if (cut) progress.say(`going on with run ${run.runId}, which was cut off after ${cut.done.length} batches`);

  let tally: SyncTally;
  try {
    tally = await new RowSender(input, run, request, { graph, state, rejects, progress }).sendAll();
  } finally {
    progress.stop();
  }
  if (mode === 'SNAPSHOT') await refusePartialSnapshot(tally, run.runId, rejectsPath, graph, state);
  const finished = await graph.finish(run.runId);
  await state.remove();
  const seconds = (performance.now() - started) / 1000;
  return {
    run: finished,
    mode,
    resumed: cut !== undefined,
    ...declared,
    ...tally,
    rejectsFile: rejects.bytes > 0 ? rejectsPath : null,
    seconds: Math.round(seconds * 1000) / 1000,
    rowsPerSecond: Math.round((rowsOf(tally) - rowsBefore) / seconds),
  };
}

/** Outcomes that occurred, for a line of the summary. */
export const tellCounts = (counts: OutcomeCounts): string =>
  outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome.toLowerCase()}`)
    .join(', ') || 'none';
