import type { Command } from 'commander';
import { type CliSettings, cliSettings } from '../env.ts';
import { demoGoods } from '../shop-demo/demo-goods.ts';
import { type DemoShop, type ShopGood, startDemoShop } from '../shop-demo/demo-shop.ts';
import { interrupted, port, say, trouble } from '../stand-in-command.ts';
import { seconds } from './option-value.ts';

interface DemoFlags {
  port: number;
  every: number;
}

const goodsOnSale = 20;

const greet = (shop: DemoShop, [good]: readonly ShopGood[], { every }: DemoFlags, { PORT }: CliSettings): string => `
Another shop plays at ${shop.url}: ${goodsOnSale} goods${every > 0 ? `; a price moves every ${every} s` : ''}.

The server reads pages of this machine when it is started so, in another terminal:
  ALLOW_PRIVATE_ADDRESSES=127.0.0.0/8 ${PORT === 4000 ? '' : `PORT=${PORT} `}npx -y pnpm@12 start

A page to watch, and what can happen to it:
  ${shop.url}/goods/${good?.sku}
  curl -X POST ${shop.url}/control/price/${good?.sku}/49.90
  curl -X POST ${shop.url}/control/stock/${good?.sku}/0

Ctrl-C ends it.

`;

const tellChange = (good: ShopGood): void =>
  say(
    `${good.sku} ${good.name}: ${(good.price / 100).toFixed(2)} ${good.currency}${good.isInStock ? '' : ', sold out'}`,
  );

async function play(flags: DemoFlags): Promise<void> {
  const ended = interrupted();
  const goods = await demoGoods(goodsOnSale);
  const onVisit = (path: string, agent: string) => say(`read ${path} (${agent || 'nobody says who'})`);
  const shop = await startDemoShop({ goods, port: flags.port, onVisit, onChange: tellChange }).catch(
    (error: unknown) => {
      throw trouble(error, flags.port);
    },
  );
  process.stdout.write(greet(shop, goods, flags, cliSettings()));
  const moving = flags.every > 0 ? setInterval(() => shop.movePrice(), flags.every * 1_000) : undefined;
  await ended;
  clearInterval(moving);
  await shop.stop();
}

export function addShopDemoCommand(program: Command): void {
  program
    .command('shop-demo')
    .description('play another shop, whose prices can be watched, for development')
    .option('--port <port>', 'where it listens', port, 4030)
    .option('--every <seconds>', 'how often a price moves; 0 for never', seconds, 60)
    .action(play);
}
