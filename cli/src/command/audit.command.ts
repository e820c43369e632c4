import { type Command, InvalidArgumentError } from 'commander';
import { type AdminFlags, adminClient, withAdminOptions } from '../admin-client.ts';
import { type Anchor, readAnchor, writeAnchor } from '../audit/anchor.ts';
import { type AuditEntry, type AuditFilter, readAuditLog, readHash, verifyAuditLog } from '../audit/audit-graph.ts';
import { recompute } from '../audit/recompute.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-code.ts';
import type { GraphClient } from '../graph-client.ts';
import { textTable } from '../text-table.ts';

const broken = (what: string) => new CliError(`the audit log is not whole: ${what}`, ExitCode.auditBroken);

const meanings: Readonly<Record<string, string>> = {
  MISSING: 'is gone',
  CHANGED: 'does not bear the hash of what it says',
  UNLINKED: 'does not follow on the one before it',
  CUT: 'and what came after it is cut off',
  ADDED: 'was not appended by the log itself',
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('A whole number from 1 is expected.');
}

function moment(text: string): string {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new InvalidArgumentError('A time such as 2026-01-14 or 2026-01-14T09:30:00Z is expected.');
}

/** A log that was written anew as a whole is linked in itself, but not to what was seen before. */
async function checkAnchor(client: GraphClient, anchor: Anchor | undefined, headSeq: number): Promise<void> {
  if (!anchor || anchor.seq === 0) return;
  const seen = `of ${anchor.seq} entries, seen ${anchor.seenAt}`;
  if (anchor.seq > headSeq) throw broken(`it has ${headSeq} entries and does not go on from the anchor ${seen}`);
  if ((await readHash(client, anchor.seq)) !== anchor.hash)
    throw broken(`it was written anew; the anchor ${seen} knows another entry ${anchor.seq}`);
}

interface VerifyFlags extends AdminFlags {
  anchor?: string;
  recompute?: number;
}

async function verify({ anchor: file, recompute: limit, ...flags }: VerifyFlags): Promise<void> {
  const anchor = file ? await readAnchor(file) : undefined;
  const client = await adminClient(flags);
  const { checked, head, problem } = await verifyAuditLog(client);
  if (problem) throw broken(`entry ${problem.seq} ${meanings[problem.kind] ?? problem.kind}`);
  await checkAnchor(client, anchor, head.seq);
  const { reckoned, fault } = limit ? await recompute(client, limit) : { reckoned: 0, fault: undefined };
  if (fault) throw broken(fault);
  if (file) await writeAnchor(file, { ...head, seenAt: new Date().toISOString() });
  const here = limit ? `; ${reckoned} reckoned here` : '';
  process.stdout.write(
    `whole: ${checked} ${checked === 1 ? 'entry' : 'entries'}${here}; the last is ${head.seq} ${head.hash}\n`,
  );
}

const actorOf = ({ actor }: AuditEntry) =>
  actor.user?.name ?? (actor.id ? `${actor.kind.toLowerCase()}:${actor.id}` : actor.kind.toLowerCase());

const valuesOf = (values: AuditEntry['before']) => (values ? JSON.stringify(values) : '-');

const toRow = (entry: AuditEntry): string[] => [
  String(entry.seq),
  entry.occurredAt.slice(0, 19).replace('T', ' '),
  actorOf(entry),
  entry.ip ?? '-',
  entry.action,
  `${entry.subject.type} ${entry.subject.id}`,
  `${valuesOf(entry.before)} → ${valuesOf(entry.after)}`,
];

interface ListFlags extends AdminFlags, AuditFilter {
  limit: number;
  json?: boolean;
}

async function list({ url, token, limit, json, ...filter }: ListFlags): Promise<void> {
  const entries: AuditEntry[] = [];
  for await (const entry of readAuditLog(await adminClient({ url, token }), filter, limit)) entries.push(entry);
  const headings = ['seq', 'when', 'who', 'from', 'what', 'on', 'values'];
  process.stdout.write(`${json ? JSON.stringify(entries) : textTable(headings, entries.map(toRow))}\n`);
}

const verifyHelp = `
The server checks the chain of hashes from the first entry to the last. Whoever rules the whole database can write a
chain anew: with --anchor, the end of the log is kept in a file, and the next check finds out whether the log still goes
on from there. Keep it on another machine. With --recompute the newest entries are reckoned here as well.

Example:
  pnpm -s manage audit verify --anchor /var/lib/elsewhere/gastronom.anchor --recompute 1000`;

export function addAuditCommand(program: Command): void {
  const audit = program.command('audit').description('what was done that is sensitive, by whom and from where');

  withAdminOptions(audit.command('verify'))
    .description('check that nothing in the log was changed, removed or put in')
    .option('--anchor <file>', 'go on from the end of the log that this file remembers, then remember the new one')
    .option('--recompute <entries>', 'reckon the hashes of so many entries here, the newest first', wholeNumber)
    .addHelpText('after', verifyHelp)
    .action(verify);

  withAdminOptions(audit.command('list'))
    .description('list entries, newest first')
    .option('--actor <actor>', 'who did it: user:…, key:…, internal:… or anonymous')
    .option('--action <action>', 'what was done, as buffer.set')
    .option('--subject-type <type>', 'what it was done to, as Product')
    .option('--subject-id <id>', 'its id')
    .option('--ip <address>', 'where the request came from')
    .option('--from <time>', 'done at this time or later', moment)
    .option('--to <time>', 'done before this time', moment)
    .option('--limit <entries>', 'how many', wholeNumber, 50)
    .option('--json', 'print them as JSON')
    .action(list);
}
