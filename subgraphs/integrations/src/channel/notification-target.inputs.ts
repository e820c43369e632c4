import { Field, InputType } from 'type-graphql';

@InputType({
  description: 'Letters to an address. One that is not of the person’s account is confirmed by a code first.',
})
export class EmailTargetInput {
  @Field(() => String, { description: 'The address.' })
  address!: string;
}

@InputType({ description: 'Push messages to one installation of an app.' })
export class PushTargetInput {
  @Field(() => String, { description: 'The registration token that Firebase gave the app.' })
  deviceToken!: string;
}

@InputType({ description: 'The Pushover app.' })
export class PushoverTargetInput {
  @Field(() => String, { description: 'Key of the user or group: 30 letters and digits.' })
  userKey!: string;

  @Field(() => String, { nullable: true, description: 'Name of a device; all of them by default.' })
  device?: string | null;
}

@InputType({ description: 'A Gotify server.' })
export class GotifyTargetInput {
  @Field(() => String, { description: 'Address of the server.' })
  url!: string;

  @Field(() => String, { description: 'Token of the application.' })
  token!: string;
}

@InputType({ description: 'A topic of an ntfy server.' })
export class NtfyTargetInput {
  @Field(() => String, { description: 'The topic. Who knows it can read it: let it be hard to guess.' })
  topic!: string;

  @Field(() => String, { nullable: true, description: 'Address of the server; ntfy.sh by default.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'Access token, where the topic needs one.' })
  token?: string | null;
}

@InputType({
  description:
    'A Telegram chat that the server’s bot may write to: it was started there, or added. The chat gets a code first, which confirms it.',
})
export class TelegramTargetInput {
  @Field(() => String, { description: 'Number of the chat, or the @name of a channel.' })
  chatId!: string;
}

@InputType({ description: 'A channel of Discord.' })
export class DiscordTargetInput {
  @Field(() => String, { description: 'Address of its webhook, https://discord.com/api/webhooks/….' })
  url!: string;
}

@InputType({ description: 'An Apprise API server. Exactly one of `key` and `urls`.' })
export class AppriseTargetInput {
  @Field(() => String, { description: 'Address of the server.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'Key of a configuration that the server keeps.' })
  key?: string | null;

  @Field(() => [String], { nullable: true, description: 'Addresses of services as Apprise writes them.' })
  urls?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Only services of the configuration with this tag.' })
  tag?: string | null;
}

@InputType({ description: 'An address of one’s own, signed as Standard Webhooks say.' })
export class WebhookTargetInput {
  @Field(() => String, { description: 'The address.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Signing secret, `whsec_…`; one is made and shown once by default.',
  })
  secret?: string | null;
}

@InputType({ description: 'Where a channel leads: exactly one of the fields.' })
export class NotificationTargetInput {
  @Field(() => EmailTargetInput, { nullable: true, description: 'Letters.' })
  email?: EmailTargetInput | null;

  @Field(() => PushTargetInput, { nullable: true, description: 'Push messages.' })
  push?: PushTargetInput | null;

  @Field(() => PushoverTargetInput, { nullable: true, description: 'Pushover.' })
  pushover?: PushoverTargetInput | null;

  @Field(() => GotifyTargetInput, { nullable: true, description: 'Gotify.' })
  gotify?: GotifyTargetInput | null;

  @Field(() => NtfyTargetInput, { nullable: true, description: 'ntfy.' })
  ntfy?: NtfyTargetInput | null;

  @Field(() => TelegramTargetInput, { nullable: true, description: 'Telegram.' })
  telegram?: TelegramTargetInput | null;

  @Field(() => DiscordTargetInput, { nullable: true, description: 'Discord.' })
  discord?: DiscordTargetInput | null;

  @Field(() => AppriseTargetInput, { nullable: true, description: 'Apprise.' })
  apprise?: AppriseTargetInput | null;

  @Field(() => WebhookTargetInput, { nullable: true, description: 'A webhook.' })
  webhook?: WebhookTargetInput | null;
}
