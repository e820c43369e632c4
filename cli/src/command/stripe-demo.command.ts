import { controls } from '@gastronom/stripe-stand-in/control';
import { type StripeStandIn, startStripe } from '@gastronom/stripe-stand-in/stripe-stand-in';
import type { Command } from 'commander';
import { cliSettings } from '../env.ts';
import { interrupted, port, say, trouble } from '../stand-in-command.ts';

const webhookSecret = 'whsec_of_the_demo';

const greet = (stripe: StripeStandIn, serverPort: number): string => `
Stripe plays at ${stripe.url}, and tells http://localhost:${serverPort}/webhooks/stripe what happens there.

Cards are charged when the server is started so, in another terminal:
  STRIPE_SECRET_KEY=sk_test_demo STRIPE_PUBLISHABLE_KEY=pk_test_demo STRIPE_WEBHOOK_SECRETS=${webhookSecret} \\
    STRIPE_API_URL=${stripe.url} ${serverPort === 4000 ? '' : `PORT=${serverPort} `}npx -y pnpm@12 start

What people, banks and networks do, to the last of its kind or by its id:
${controls.map(([path, meaning]) => `  curl -X POST ${stripe.url}/control/${path.padEnd(18)} ${meaning}`).join('\n')}
  curl ${stripe.url}/control

Ctrl-C ends it; nothing is kept.

`;

/** Posts an event to the server; Stripe would try again for days, and the server asks by itself. */
async function post(address: string, body: string, headers: Record<string, string>): Promise<number> {
  const { type } = JSON.parse(body) as { type: string };
  try {
    const { status } = await fetch(address, { method: 'POST', body, headers });
    say(`told ${type}: ${status}`);
    return status;
  } catch {
    say(`told ${type} in vain: nothing listens at ${address}`);
    return 0;
  }
}

async function play({ port: given }: { port: number }): Promise<void> {
  const { PORT } = cliSettings();
  const ended = interrupted();
  const address = `http://localhost:${PORT}/webhooks/stripe`;
  const stripe = await startStripe({
    port: given,
    secret: webhookSecret,
    atOnce: true,
    post: (body, headers) => post(address, body, headers),
  }).catch((error: unknown) => {
    throw trouble(error, given);
  });
  process.stdout.write(greet(stripe, PORT));
  await ended;
  await stripe.stop();
}

export function addStripeDemoCommand(program: Command): void {
  program
    .command('stripe-demo')
    .description('play a Stripe that charges cards, for development')
    .option('--port <port>', 'where it listens', port, 4020)
    .action(play);
}
