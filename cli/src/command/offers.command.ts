import { Notices } from '@gastronom/commerceml/notices';
import { priceListFormats } from '@gastronom/pricelist/open-price-list';
import { type Command, Option } from 'commander';
import { UsageError } from '../cli-error.ts';
import { type CliSettings, cliSettings, graphUrl, userPath } from '../env.ts';
import { ExitCode } from '../exit-code.ts';
import { isLoopback, localToken } from '../local-credential.ts';
import { OffersGraph, offerOutcomes } from '../offers/offers-graph.ts';
import { type OffersReport, type OffersRequest, sendOffers } from '../offers/send-offers.ts';
import { patientClient } from '../patient-client.ts';
import { showProgress } from '../sync/progress.ts';
import { instant, within } from './option-value.ts';

interface OffersFlags extends Omit<OffersRequest, 'paths' | 'rejectsPath' | 'dryRun'> {
  dryRun?: boolean;
  rejects?: string;
  url?: string;
  key?: string;
  token?: string;
  json?: boolean;
}

const help = `
A file is CSV with a header (any of ; , tab |, English, Russian or Swedish column names), JSONL with the
field names of OfferRowInput, or a Peppol BIS Catalogue 3 (UBL 2.1). The form is seen from the content.
The supplier's own code (supplierSku, Артикул, Artikelnummer) tells which offer a row means; what a table
has no column for stays as it is. Rows of a table that stand together and have one code tell its prices
from a quantity on (fromQuantity) or by validity (validFrom, validUntil; a day counts whole).
Each line of a catalogue stands for the whole offer; Delete takes it off the list.

Rejected rows go to the rejects file, as they came and with their errors: mended there, that file can be
sent itself. A run that was cut off is made again: what is known already comes back UNCHANGED.

Examples:
  manage offers price-list.csv --dry-run
  manage offers catalogue.xml --supplier 0198c3a2-… --key gk_…
  manage offers prislista.csv --encoding windows-1252 --token "$TOKEN"`;

/** The key or token given, else the environment's, else on a developer's own machine that of the demo supplier. */
async function credentialOf({ key, token }: OffersFlags, url: string, settings: CliSettings): Promise<string> {
  const named = key ?? token ?? settings.GASTRONOM_API_KEY ?? settings.GASTRONOM_TOKEN;
  if (named) return named;
  if (isLoopback(url) && settings.ENVIRONMENT !== 'production') return localToken(settings, 'supplier', 3_600);
  throw new UsageError(
    "an API key with the scope offers:write (--key, GASTRONOM_API_KEY) or a supplier's session token (--token, GASTRONOM_TOKEN) is needed",
  );
}

function summarise({ supplier, dryRun, counts, rejectsFile, seconds }: OffersReport): string {
  const told = offerOutcomes.filter((outcome) => counts[outcome] > 0);
  const rows = told.map((outcome) => `${counts[outcome]} ${outcome.toLowerCase()}`).join(', ') || 'none';
  const lines = [
    `offers of ${supplier.name}${dryRun ? ', nothing was written' : ''}: ${rows}`,
    `${seconds.toFixed(1)} s`,
  ];
  if (rejectsFile) lines.push(`rejected rows with their reasons: ${rejectsFile} (mend them there and send that file)`);
  return lines.join('\n');
}

async function offers(files: string[], flags: OffersFlags): Promise<void> {
  const settings = cliSettings();
  const url = graphUrl(flags.url, settings);
  const credential = await credentialOf(flags, url, settings);
  const graph = new OffersGraph(await patientClient(url, credential));
  const notices = new Notices();
  const { dryRun = false, rejects = `${files[0]}.rejected.jsonl` } = flags;
  try {
    const report = await sendOffers(
      {
        ...flags,
        dryRun,
        paths: files.map((file) => userPath(file, settings)),
        rejectsPath: userPath(rejects, settings),
      },
      { graph, notices, showProgress: (bytes) => showProgress(process.stderr, bytes) },
    );
    process.stdout.write(`${flags.json ? JSON.stringify(report) : summarise(report)}\n`);
    process.exitCode = report.counts.REJECTED > 0 ? ExitCode.someRowsRejected : ExitCode.ok;
  } finally {
    for (const notice of notices.list()) process.stderr.write(`note: ${notice}\n`);
  }
}

export function addOffersCommand(program: Command): void {
  program
    .command('offers')
    .description("bring a supplier's price list from a file into its offers")
    .argument('<files...>', 'CSV, JSONL or Peppol Catalogue')
    .option('--supplier <id>', 'whose offers they are; by default those of whom the token acts for')
    .addOption(new Option('--format <name>', 'in place of a look at the content').choices(priceListFormats))
    .option('--encoding <name>', 'in place of a look at the content: utf-8, windows-1251, windows-1252')
    .option('--observed-at <time>', 'when the list was made (ISO 8601): offers spoken of later are left', instant)
    .option('--dry-run', 'tell what would become of each row, and write nothing')
    .option('--batch-size <rows>', 'rows in one call', within(1, 5000), 1000)
    .option('--rejects <file>', 'where rejected rows go; <first file>.rejected.jsonl by default')
    .option('--url <url>', 'address of the graph; GASTRONOM_URL, or http://localhost:$PORT/graphql')
    .option('--key <key>', 'API key with the scope offers:write; GASTRONOM_API_KEY')
    .option('--token <token>', "a supplier's session token; GASTRONOM_TOKEN, or the demo supplier's in development")
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', help)
    .action(offers);
}
