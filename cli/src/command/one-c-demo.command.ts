import { type Fault, faults } from '@gastronom/one-c-stand-in/fault';
import { type OneC, startOneC } from '@gastronom/one-c-stand-in/one-c';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CliSettings, cliSettings } from '../env.ts';
import { oneCSecret } from '../local-credential.ts';
import { type DemoStocks, demoStocks, type StockSource } from '../one-c-demo/demo-stocks.ts';
import { tellCallback, tellSale, tellTrigger } from '../one-c-demo/say.ts';
import { interrupted, port, say, trouble } from '../stand-in-command.ts';
import { seconds } from './option-value.ts';

interface DemoFlags extends StockSource {
  port: number;
  fault: Fault;
  delay: number;
  sell: number;
}

const names = Object.keys(faults) as Fault[];

function address(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('An address such as http://localhost:4000 is expected.');
}

const serverFor = (oneC: OneC, { PORT }: CliSettings): string =>
  [
    `ONE_C_URL=${oneC.url} STOCK_FRESH_MINUTES=1`,
    ...(PORT === 4000 ? [] : [`PORT=${PORT}`]),
    'npx -y pnpm@12 start',
  ].join(' ');

function greet(oneC: OneC, stocks: DemoStocks, flags: DemoFlags, settings: CliSettings): string {
  const goods = Object.values(stocks).reduce((sum, warehouse) => sum + Object.keys(warehouse).length, 0);
  const sells = flags.sell > 0 ? `; somebody buys something every ${flags.sell} s` : '';
  const keys = process.stdin.isTTY ? 'A key switches a fault on:' : 'The faults:';
  return `
1C plays at ${oneC.url}: ${goods} counts, warehouse ${Object.keys(stocks).join(', ')}${sells}.

The server asks it when it is started so, in another terminal:
  ${serverFor(oneC, settings)}
Then a read of stock older than a minute has it counted anew, at most once a minute (STOCK_REFRESH_FLOOR_SECONDS).

${keys}
${names.map((name, key) => `  ${key}  ${name.padEnd(13)} ${faults[name]}`).join('\n')}
or from elsewhere:
  curl -X POST ${oneC.url}/control/fault/down
  curl -X POST ${oneC.url}/control/stock/${firstCount(stocks)}
  curl ${oneC.url}/control

Ctrl-C ends it.

`;
}

function firstCount(stocks: DemoStocks): string {
  const [warehouse = '001', goods = {}] = Object.entries(stocks)[0] ?? [];
  return [warehouse, Object.keys(goods)[0] ?? 'code', '0'].map(encodeURIComponent).join('/');
}

/** Keys of the terminal, which no longer turns Ctrl-C into a signal by itself. */
function listenToKeys(oneC: OneC): void {
  if (!process.stdin.isTTY) return;
  process.stdin.setRawMode(true);
  process.stdin.on('data', (data) => {
    for (const key of data.toString()) {
      const fault = /^\d$/.test(key) ? names[Number(key)] : undefined;
      if (fault) oneC.fault = fault;
      if (key === '\u0003' || key === '\u0004') process.kill(process.pid, 'SIGINT');
    }
  });
}

async function play(flags: DemoFlags): Promise<void> {
  const settings = cliSettings();
  const secret = oneCSecret(settings);
  const stocks = await demoStocks(flags, settings);
  const ended = interrupted();
  const counts = () => (oneC.fault === 'slow' ? 'counts for half a minute' : `counts for ${flags.delay} s`);
  const oneC = await startOneC({
    stocks,
    secret,
    port: flags.port,
    fault: flags.fault,
    delayMs: flags.delay * 1_000,
    oneAtATime: true,
    ...(flags.sell > 0 ? { sellEveryMs: flags.sell * 1_000 } : {}),
    onTrigger: (trigger) => say(tellTrigger(trigger, counts())),
    onCallback: (callback) => say(tellCallback(callback)),
    onSale: (sale) => say(tellSale(sale)),
    onFault: (fault) => say(`from now on it ${faults[fault]} (${fault})`),
  }).catch((error: unknown) => {
    throw trouble(error, flags.port);
  });
  process.stdout.write(greet(oneC, stocks, flags, settings));
  if (flags.fault !== 'none') say(`it ${faults[flags.fault]} (${flags.fault})`);
  listenToKeys(oneC);
  await ended;
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
  process.stdin.pause();
  await oneC.stop();
}

const help = `
Plays the 1C of a shop: the server asks it to count (POST /api/stocks/sync), it answers at once, counts
for a while, and calls back with what lies in the warehouse. Goods are sold meanwhile, so that a watcher
sees the numbers of the shop follow.

Examples:
  manage one-c-demo
  manage one-c-demo --fault twice --delay 10
  manage one-c-demo --file goods.csv --warehouse 002
  manage one-c-demo --url http://localhost:4000        with the goods of that server`;

export function addOneCDemoCommand(program: Command): void {
  program
    .command('one-c-demo')
    .description('play a 1C that counts when the server asks it, for development')
    .option('--port <port>', 'where it listens', port, 4010)
    .option(
      '--url <url>',
      'play the goods of this server (a local one, or with GASTRONOM_TOKEN), not the demo goods',
      address,
    )
    .option('--file <path>', 'play the goods of a file as `sync` takes it, not the demo goods')
    .option('--warehouse <code>', 'where goods lie that name no warehouse', '001')
    .addOption(new Option('--fault <fault>', 'how it misbehaves').choices(names).default('none'))
    .option('--delay <seconds>', 'how long it counts', seconds, 2)
    .option('--sell <seconds>', 'how often somebody buys something; 0 for never', seconds, 10)
    .addHelpText('after', help)
    .action(play);
}
