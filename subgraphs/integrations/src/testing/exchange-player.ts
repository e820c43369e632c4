/** What an endpoint answered. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The lines, without the empty one at the end. */
  readonly lines: readonly string[];
}

export interface ExchangeCall {
  readonly method: 'GET' | 'POST';
  /** What follows the path, with its question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export type Call = (call: ExchangeCall) => Promise<Pick<ExchangeAnswer, 'status' | 'type' | 'text'>>;

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** 1C, as it speaks to a site: it knows a password, carries a cookie, and sends files piece by piece. */
export class ExchangePlayer {
  readonly #call: Call;
  readonly #authorization: string | undefined;
  cookie: string | undefined;
  /** What each `import` was answered, in order. */
  readonly heard: ExchangeAnswer[] = [];

  constructor(call: Call, authorization?: string) {
    this.#call = call;
    this.#authorization = authorization;
  }

  async say(parameters: Record<string, string>, body?: Buffer): Promise<ExchangeAnswer> {
    const answer = await this.#call({
      method: body ? 'POST' : 'GET',
      query: `?${new URLSearchParams(parameters)}`,
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(this.#authorization === undefined || this.cookie !== undefined
          ? {}
          : { authorization: this.#authorization }),
      },
      ...(body ? { body } : {}),
    });
    return { ...answer, lines: answer.text.replace(/\n$/, '').split('\n') };
  }

  async logIn(type = 'catalog'): Promise<ExchangeAnswer> {
    const answer = await this.say({ type, mode: 'checkauth' });
    const [word, name, value] = answer.lines;
    if (word === 'success') this.cookie = `${name}=${value}`;
    return answer;
  }

  async begin(): Promise<this> {
    await this.logIn();
    await this.say({ type: 'catalog', mode: 'init' });
    return this;
  }

  piece(filename: string, body: Buffer): Promise<ExchangeAnswer> {
    return this.say({ type: 'catalog', mode: 'file', filename }, body);
  }

  /** Sends a file in pieces of a size. */
  async send(filename: string, content: string | Uint8Array, size = 100): Promise<void> {
    const bytes = Buffer.from(content);
    for (let from = 0; from < bytes.length; from += size) {
      const { lines } = await this.piece(filename, bytes.subarray(from, from + size));
      if (lines[0] !== 'success') throw new Error(`${filename} was not taken: ${lines.join(' ')}`);
    }
  }

  /** Asks for the import of a file until it is done, however it ends. */
  async import(filename: string): Promise<ExchangeAnswer> {
    for (;;) {
      const answer = await this.say({ type: 'catalog', mode: 'import', filename });
      this.heard.push(answer);
      if (answer.lines[0] !== 'progress') return answer;
    }
  }

  /** Sends files, then asks for their imports, in the order given. @returns the first words of the answers. */
  async bring(files: Record<string, string | Uint8Array>, size?: number): Promise<string[]> {
    for (const [name, content] of Object.entries(files)) await this.send(name, content, size);
    const words: string[] = [];
    for (const name of Object.keys(files)) words.push((await this.import(name)).lines[0] ?? '');
    return words;
  }
}
