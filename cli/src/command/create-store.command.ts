import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AdminFlags, adminClient, withAdminOptions } from '../admin-client.ts';
import { type SavedStore, saveStore } from '../store/save-store.ts';
import { StoreGraph, type StoreSelector } from '../store/store-graph.ts';
import { within } from './option-value.ts';

interface CreateStoreFlags extends AdminFlags {
  ownerEmail?: string;
  name: string;
  slug?: string;
  websiteUrl?: string;
  domain?: string[];
  locale?: string;
  currency?: string;
  selector?: StoreSelector[];
  testUrl?: string;
  notes?: string;
  delay?: number;
  concurrency?: number;
  rendering?: string;
  json?: boolean;
}

const help = `
A store that the owner has already under this slug (without --slug: under this name) becomes as it is said here; what
no option names stays as it is. So the command may be run again. An owner whom nobody knows yet becomes known by the
address, and finds the store when they first sign in with it, verified.

Fields of selectors: title, price, old-price, currency, image, availability, gtin, sku, seller, condition, size.
Those of one field are tried in the order given, before all that a page says of itself. How they look:
  css:.price   css:img::src   attr:img::src   json:$.price.value   xpath://h1   regex:…

Example:
  manage create-store --owner-email ops@example.com --name Contoso --slug contoso \\
    --website-url https://contoso.example --domain contoso.example --domain www.contoso.example \\
    --locale en_US --currency USD --selector title=css:.product-title \\
    --selector 'price=json:$.price.value' --selector image=attr:img::src \\
    --test-url https://contoso.example/item/sku123 --notes "Imported from legacy catalog"`;

const collect = (value: string, previous: string[] = []) => [...previous, value];

/** `old-price=css:.was` is a selector of the field OLD_PRICE. */
function selector(text: string, previous: StoreSelector[] = []): StoreSelector[] {
  const [, name, value] = /^\s*([a-z][a-z_-]*)\s*=(.+)$/is.exec(text) ?? [];
  if (!name || !value) throw new InvalidArgumentError('It is like price=css:.price.');
  const field = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toUpperCase();
  return [...previous, { field, selector: value.trim() }];
}

function summarise({ outcome, changed, store }: SavedStore): string {
  const which = `the store ${store.slug} (${store.id})`;
  if (outcome === 'CREATED') return `${which} was made`;
  if (outcome === 'UNCHANGED') return `${which} was there, and is as it was`;
  return `${which} was there, and changed: ${changed.join(', ')}`;
}

async function createStore(flags: CreateStoreFlags): Promise<void> {
  const { ownerEmail, url, token, json, domain, selector: selectors, delay, rendering, ...said } = flags;
  const graph = new StoreGraph(await adminClient({ url, token }), ownerEmail);
  const pages = { domains: domain, selectors, delayMs: delay, rendering: rendering?.toUpperCase() };
  const saved = await saveStore(graph, { ...said, ...pages });
  process.stdout.write(`${json ? JSON.stringify(saved) : summarise(saved)}\n`);
}

export function addCreateStoreCommand(program: Command): void {
  withAdminOptions(program.command('create-store'))
    .description('make a store whose prices are watched, or bring one up to date')
    .option('--owner-email <address>', 'whose it is; by default whose token it is')
    .requiredOption('--name <name>', 'what to call it')
    .option('--slug <slug>', 'its name in addresses, as corner-shop; made of the name by default')
    .option('--website-url <url>', 'its front page')
    .option('--domain <domain>', 'a host of its pages, and of those below it; may be repeated', collect)
    .option('--locale <tag>', 'language of its pages, as en_US: it says how numbers are written there')
    .option('--currency <code>', 'of prices that do not say, as USD (ISO 4217)')
    .option('--selector <field=selector>', 'how a field is found; may be repeated', selector)
    .option('--test-url <url>', 'a page to try the selectors on')
    .option('--notes <text>', 'what to remember of it')
    .option('--delay <milliseconds>', 'between two requests to one of its hosts', within(0, 3_600_000))
    .option('--concurrency <requests>', 'to one of its hosts at the same time', within(1, 16))
    .addOption(
      new Option('--rendering <how>', 'how its pages are made readable').choices(['none', 'service', 'browser']),
    )
    .option('--json', 'print what became of it as JSON')
    .addHelpText('after', help)
    .action(createStore);
}
