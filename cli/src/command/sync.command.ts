import { skuSources } from '@gastronom/commerceml/good';
import { Notices } from '@gastronom/commerceml/notices';
import { type Command, Option } from 'commander';
import { UsageError } from '../cli-error.ts';
import { type CliSettings, cliSettings, graphUrl, userPath } from '../env.ts';
import { ImageClient } from '../image-client.ts';
import { syncKey } from '../local-credential.ts';
import { patience, patientClient } from '../patient-client.ts';
import { formats, type InputOptions, listFiles } from '../reader/open-input.ts';
import { showProgress } from '../sync/progress.ts';
import { type SyncReport, syncFiles } from '../sync/sync-files.ts';
import { SyncGraph } from '../sync/sync-graph.ts';
import { exitCodeOf, summarise } from '../sync/sync-summary.ts';
import { instant, within } from './option-value.ts';

export interface SyncFlags extends InputOptions {
  source: string;
  snapshot?: boolean;
  warehouse?: string;
  observedAt?: string;
  batchSize: number;
  concurrency: number;
  rejects?: string;
  url?: string;
  key?: string;
  json?: boolean;
}

const help = `
A file is JSONL (one object a line, ProductSyncItem's field names and common others), CSV with a
header (any of ; , tab |, English or Russian column names), or CommerceML 2: import.xml and
offers.xml, or the folder that holds them. The form is seen from the content. UTF-8, UTF-16 with a
byte order mark and windows-1251 are told apart. A table of nothing but sku or barcode, quantity
and warehouse is a stock count. Pictures that rows name by their files (import_files/…, beside the
file that names them) are sent first, each once; web addresses stay as they are.

A run that was cut off is gone on with by the same command; it keeps its place in DATA_DIR/sync.
A file that was synced to its end starts a new run. Rejected rows go to the rejects file, as they
came and with their errors: mended there, that file can be synced itself.

Examples:
  manage sync goods.jsonl
  manage sync price-list.csv --encoding windows-1251 --warehouse 001
  manage sync webdata/import.xml webdata/offers.xml --price-type "Розничная"
  manage sync webdata --snapshot          everything that the export does not mention is hidden
  manage sync goods.csv --url https://shop.example/graphql --key gk_…`;

/** Everything `manage sync` does between the command line and the summary; `seed` does it with the demo catalogue. */
export async function runSync(files: readonly string[], flags: SyncFlags, settings: CliSettings): Promise<SyncReport> {
  const url = graphUrl(flags.url, settings);
  const paths = await listFiles(files.map((file) => userPath(file, settings)));
  const notices = new Notices();
  const credential = syncKey(flags.key, url, settings);
  const client = await patientClient(url, credential);
  const { format, encoding, priceType, skuSource } = flags;
  try {
    return await syncFiles(
      {
        paths,
        input: { format, encoding, priceType, skuSource },
        source: flags.source,
        mode: flags.snapshot ? 'SNAPSHOT' : 'DELTA',
        warehouse: flags.warehouse,
        observedAt: flags.observedAt,
        batchSize: flags.batchSize,
        concurrency: flags.concurrency,
        rejectsPath: userPath(flags.rejects ?? `${files[0]?.replace(/\/+$/, '')}.rejected.jsonl`, settings),
      },
      {
        graph: new SyncGraph(client),
        images: new ImageClient({ graphUrl: url, credential, ...patience }),
        url,
        dataDir: settings.DATA_DIR,
        notices,
        showProgress: (bytes) => showProgress(process.stderr, bytes),
      },
    );
  } finally {
    for (const notice of notices.list()) process.stderr.write(`note: ${notice}\n`);
  }
}

function explainInterrupt(): void {
  process.once('SIGINT', () => {
    process.stderr.write('\ninterrupted; the same command goes on from here\n');
    process.exit(130);
  });
}

async function sync(files: string[], flags: SyncFlags): Promise<void> {
  if (files.length === 0) throw new UsageError('name a file to sync; `manage sync --help` has examples');
  explainInterrupt();
  const report = await runSync(files, flags, cliSettings());
  process.stdout.write(`${flags.json ? JSON.stringify(report) : summarise(report)}\n`);
  process.exitCode = exitCodeOf(report);
}

export function addSyncCommand(program: Command): void {
  program
    .command('sync')
    .description('bring goods, prices and stock from a file into the catalogue')
    .argument('<files...>', 'JSONL, CSV, or the files of one CommerceML export')
    .option('--source <name>', 'whom the goods belong to; a snapshot hides goods of its own source alone', 'one_c')
    .option('--snapshot', 'the files mention all goods of the source: hide and zero what they leave out')
    .option('--warehouse <id>', '1C id of the warehouse for quantities that name none')
    .option('--observed-at <time>', 'when the source was read (ISO 8601); now by default', instant)
    .addOption(new Option('--format <name>', 'in place of a look at the content').choices(formats))
    .option('--encoding <name>', 'in place of a look at the content: utf-8, windows-1251, utf-16le')
    .option('--price-type <name>', 'CommerceML: name or Ид of the price to take; the first by default')
    .addOption(new Option('--sku-source <what>', 'CommerceML: what becomes the sku').choices(skuSources).default('id'))
    .option('--batch-size <rows>', 'rows in one call', within(1, 1000), 1000)
    .option('--concurrency <calls>', 'calls at a time', within(1, 16), 2)
    .option('--rejects <file>', 'where rejected rows go; <first file>.rejected.jsonl by default')
    .option('--url <url>', 'address of the graph; GASTRONOM_URL, or http://localhost:$PORT/graphql')
    .option(
      '--key <key>',
      'API key with the scope sync:write; GASTRONOM_API_KEY, or that of the installation in development',
    )
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', help)
    .action(sync);
}
