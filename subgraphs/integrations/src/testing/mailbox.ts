import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Letter extends Email {
  /** Whom the envelope names. */
  readonly recipients: readonly string[];
}

/** A mail server that takes letters from who knows its password, and refuses whom a test says. */
export class Mailbox {
  readonly letters: Letter[] = [];
  /** By address, what the server answers to RCPT TO; each once. */
  readonly refusals = new Map<string, { readonly code: number; readonly message: string }>();
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      // Connections that clients keep for their next letter are not waited for.
      closeTimeout: 1,
      onAuth: ({ username, password }, _session, done) =>
        username === 'shop' && password === 'letter box/1'
          ? done(null, { user: 'shop' })
          : done(new Error('Authentication credentials invalid')),
      onRcptTo: ({ address }, _session, done) => {
        const refusal = this.refusals.get(address);
        this.refusals.delete(address);
        done(refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null);
      },
      onData: (stream, session, done) => {
        void this.#take(
          stream,
          session.envelope.rcptTo.map(({ address }) => address),
        ).then(() => done(), done);
      },
    });
  }

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((resolve) => mailbox.#server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  get url(): string {
    const { port } = this.#server.server.address() as AddressInfo;
    return `smtp://shop:${encodeURIComponent('letter box/1')}@127.0.0.1:${port}`;
  }

  /** What came since the last look. */
  take(address?: string): Letter[] {
    const taken = this.letters.filter(({ recipients }) => !address || recipients.includes(address));
    const rest = this.letters.filter((letter) => !taken.includes(letter));
    this.letters.splice(0, this.letters.length, ...rest);
    return taken;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(stream: AsyncIterable<Buffer>, recipients: string[]): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    this.letters.push({ ...(await PostalMime.parse(Buffer.concat(chunks))), recipients });
  }
}
