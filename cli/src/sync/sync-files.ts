import type { Notices } from '@gastronom/commerceml/notices';
import { CliError, UsageError } from '../cli-error.ts';
import type { ImageClient } from '../image-client.ts';
import type { Input } from '../reader/input.ts';
import { type InputOptions, openInput, scanFiles } from '../reader/open-input.ts';
import { PictureFiles } from '../reader/picture-files.ts';
import { type Declared, declareAll } from './declare.ts';
import { type OutcomeCounts, outcomes, rowsIn, type SyncTally } from './outcome-tally.ts';
import { type PictureCounts, PictureSender } from './picture-sender.ts';
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
  images: ImageClient;
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
  images: PictureCounts;
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

interface OpenRun {
  input: Input;
  state: RunStateFile;
  run: RunProgress;
  resumed: boolean;
  declared: Declared;
  pictures: PictureSender;
}

/** Opens the files, and the run that their rows are sent in: the one that was cut off, or a new one. */
async function openRun(request: SyncRequest, tools: SyncTools): Promise<OpenRun> {
  const { graph, notices, url, dataDir } = tools;
  const { source, mode, warehouse, batchSize } = request;
  const scans = await scanFiles(request.paths);
  const files = new PictureFiles(request.paths, notices);
  const input = await openInput(scans, request.input, { notices, pictureAddress: files.addressOf });
  checkMode(input, mode, notices);
  const hashes = scans.map((scan) => scan.sha256);
  const options = { input: request.input, source, mode, warehouse, batchSize, observedAt: request.observedAt };
  const state = new RunStateFile(dataDir, { url, hashes, ...options });
  const cut = await findCutRun(state, graph);
  const observedAt = cut?.observedAt ?? request.observedAt ?? new Date().toISOString();
  const declared = await declareAll(input, { source, observedAt }, graph, notices);
  const run = cut ?? newProgress((await graph.start(source, mode, warehouse)).id, observedAt);
  await state.save(run);
  return {
    input,
    state,
    run,
    resumed: cut !== undefined,
    declared,
    pictures: new PictureSender(files, tools.images, notices),
  };
}

async function sendRows({ input, state, run, resumed, pictures }: OpenRun, request: SyncRequest, tools: SyncTools) {
  const rejects = new RejectsFile(request.rejectsPath);
  rejects.resumeAt(run.rejectsBytes);
  const progress = tools.showProgress(input.totalBytes);
  if (resumed) progress.say(`going on with run ${run.runId}, which was cut off after ${run.done.length} batches`);
  try {
    const sender = new RowSender(input, run, request, { graph: tools.graph, pictures, state, rejects, progress });
    return { tally: await sender.sendAll(), rejectsFile: rejects.bytes > 0 ? request.rejectsPath : null };
  } finally {
    progress.stop();
  }
}

/** Reads files and brings what they hold into the graph, in one run. */
export async function syncFiles(request: SyncRequest, tools: SyncTools): Promise<SyncReport> {
  const started = performance.now();
  const open = await openRun(request, tools);
  const { run, state, resumed, declared } = open;
  const rowsBefore = rowsOf(run.tally);
  const { tally, rejectsFile } = await sendRows(open, request, tools);
  if (request.mode === 'SNAPSHOT')
    await refusePartialSnapshot(tally, run.runId, request.rejectsPath, tools.graph, state);
  const finished = await tools.graph.finish(run.runId);
  await state.remove();
  const seconds = Math.round(performance.now() - started) / 1000;
  const rowsPerSecond = Math.round((rowsOf(tally) - rowsBefore) / seconds);
  const images = open.pictures.counts;
  return {
    run: finished,
    mode: request.mode,
    resumed,
    ...declared,
    ...tally,
    images,
    rejectsFile,
    seconds,
    rowsPerSecond,
  };
}

/** Outcomes that occurred, for a line of the summary. */
export const tellCounts = (counts: OutcomeCounts): string =>
  outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome.toLowerCase()}`)
    .join(', ') || 'none';
