import { ExitCode } from '../exit-code.ts';
import { rejectedIn, rowsIn } from './outcome-tally.ts';
import { type SyncReport, tellCounts } from './sync-files.ts';

/** The report as a person reads it. */
export function summarise(report: SyncReport): string {
  const { run, mode, goods, stocks, images, unreadable } = report;
  const lines = [`run ${run.id} (${mode}${report.resumed ? ', resumed' : ''}) is ${run.status}`];
  if (rowsIn(report.warehouses) > 0) lines.push(`warehouses  ${tellCounts(report.warehouses)}`);
  if (rowsIn(report.categories) > 0) lines.push(`categories  ${tellCounts(report.categories)}`);
  if (rowsIn(goods) > 0 || rowsIn(stocks) === 0) lines.push(`goods       ${rowsIn(goods)}: ${tellCounts(goods)}`);
  if (rowsIn(stocks) > 0) lines.push(`quantities  ${rowsIn(stocks)}: ${tellCounts(stocks)}`);
  if (images.sent + images.known + images.refused > 0)
    lines.push(`images      ${images.sent} sent, ${images.known} known, ${images.refused} refused`);
  if (unreadable > 0) lines.push(`unreadable  ${unreadable}`);
  if (mode === 'SNAPSHOT' && run.status === 'FINISHED')
    lines.push(`no longer mentioned: ${run.counts.hidden} goods hidden, ${run.counts.zeroed} quantities zeroed`);
  lines.push(`${report.seconds.toFixed(1)} s, ${report.rowsPerSecond} rows/s`);
  if (report.rejectsFile)
    lines.push(`rejected rows with their reasons: ${report.rejectsFile} (mend them there and sync that file)`);
  if (run.status === 'HELD') lines.push(...heldLines(report));
  return lines.join('\n');
}

function heldLines({ run }: SyncReport): string[] {
  return [
    `HELD: ${run.heldBecause ?? 'the run would hide or zero more goods than the fuse allows'}`,
    'The rows above are stored; nothing was hidden or zeroed yet. If the goods are really gone, an admin lets the run pass with',
    `  mutation { approveSync(runId: "${run.id}") { status } }`,
    `or drops it with cancelSync(runId: "${run.id}").`,
  ];
}

export function exitCodeOf({ run, ...report }: SyncReport): ExitCode {
  if (run.status === 'HELD') return ExitCode.runHeld;
  if (run.status === 'FAILED' || run.status === 'CANCELLED') return ExitCode.failed;
  const declared = report.warehouses.REJECTED + report.categories.REJECTED;
  return rejectedIn(report) + declared > 0 ? ExitCode.someRowsRejected : ExitCode.ok;
}
