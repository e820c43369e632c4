/** What is to become of a message that did not get through, and of its channel. */
export type Fate = 'RETRY' | 'GIVE_UP' | 'SWITCH_OFF';

/** A message did not get through; the text says why, for the owner of the channel, and holds no secrets. */
export class SendTrouble extends Error {
  override readonly name = 'SendTrouble';

  constructor(
    readonly fate: Fate,
    message: string,
    /** How long the service asks to be left alone, where it says so. */
    readonly retryAfterMs?: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
