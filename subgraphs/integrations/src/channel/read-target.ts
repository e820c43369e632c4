import { isRefusedHost } from '@gastronom/shared/http/address-guard';
import { type ChannelKindName, channelKinds } from '@gastronom/shared/notification';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { ChannelTools } from './channel-tools.ts';
import { channelError } from './notification-channel.errors.ts';
import { addressesOf, type Target, targetSchemas } from './target.ts';

type Read = { readonly target: Target } | { readonly userErrors: UserError[] };

const refused = (...userErrors: UserError[]): Read => ({ userErrors });

const fieldOf = (kind: ChannelKindName): string => kind.toLowerCase();

/** Discord's webhooks lie at Discord, or the address is of something else. */
const isOfDiscord = (url: string, discordUrl: string): boolean =>
  new URL(url).origin === new URL(discordUrl).origin &&
  /^\/api\/webhooks\/\d{1,25}\/[\w-]{1,200}$/.test(new URL(url).pathname);

/** What only the settings of the server tell of a target. */
function problemsOf(target: Target, { allowed, senders, settings }: ChannelTools, field: string[]): UserError[] {
  const missing = senders.missing(target.kind);
  if (missing)
    return [channelError('NOT_CONFIGURED', field, `This server cannot use ${target.kind}: it has no ${missing}.`)];
  if (target.kind === 'DISCORD')
    return isOfDiscord(target.url, settings.discordUrl)
      ? []
      : [
          channelError(
            'BAD_TARGET',
            [...field, 'url'],
            `url is no webhook of Discord: ${settings.discordUrl}/api/webhooks/….`,
          ),
        ];
  return addressesOf(target)
    .filter((address) => isRefusedHost(new URL(address), allowed))
    .map(() => channelError('PRIVATE_ADDRESS', [...field, 'url'], 'url leads to no address of the public internet.'));
}

/** Reads where a channel is to lead. Exactly one kind is named; what it says is what its service takes. */
export function readTarget(input: object, tools: ChannelTools): Read {
  const given = input as Readonly<Record<string, unknown>>;
  const [kind, ...others] = channelKinds.filter((one) => given[fieldOf(one)] != null);
  const path = ['input', 'target'];
  if (!kind || others.length > 0)
    return refused(channelError('EXACTLY_ONE', path, 'Name exactly one kind of channel.'));
  const field = [...path, fieldOf(kind)];
  const parsed = targetSchemas[kind].safeParse(given[fieldOf(kind)]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const below = (issue?.path ?? []).map(String);
    return refused(
      channelError('BAD_TARGET', [...field, ...below], `${below.join('.')} ${issue?.message ?? 'is wrong'}.`),
    );
  }
  const target = { kind, ...parsed.data } as Target;
  const problems = problemsOf(target, tools, field);
  return problems.length > 0 ? refused(...problems) : { target };
}
