import { Agent } from 'undici';
import { z } from 'zod';
import { ask, type Wire } from '../answer.ts';
import { FetchTrouble, tooLarge } from '../fetch-trouble.ts';
import type { FetchingTools } from '../fetching-tools.ts';
import { checkName, readPageAddress } from '../page-address.ts';
import { Slots } from '../turn/slots.ts';
import { type Rendered, type Renderer, type RenderRequest, renderingFailed } from './renderer.ts';

/** Pages at a time; the service has a limit of its own. */
const most = 16;

const answerShape = z.object({ url: z.string(), fullContent: z.string() });

/** What a page of goods needs; the rest costs time alone. */
const resources = 'document,script,stylesheet,xhr,fetch,other';
/** For scripts that ask for the price when all else is there. */
const settleMs = 1_000;

/** A service with the API of amerkurev/scrapper. Its address is the operator's own, and is not guarded; those of pages are. */
export class RenderingService implements Renderer {
  readonly room = { places: new Slots(), most };
  readonly #tools: FetchingTools;
  readonly #address: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #wire: Wire;
  readonly #limit: number;
  readonly #timeoutMs: number;
  readonly #agent = new Agent({ connections: most });

  constructor(baseUrl: string, tools: FetchingTools, { timeoutMs, limitBytes }: Wire) {
    const base = new URL(baseUrl);
    const { username, password } = base;
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const basic = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
    this.#headers = { accept: 'application/json', ...(username ? basic : {}) };
    base.username = '';
    base.password = '';
    base.pathname = `${base.pathname.replace(/\/$/, '')}/api/page`;
    this.#tools = tools;
    this.#address = base;
    // Its answer holds the page as a JSON string, in which each letter may take six. It has some time for itself.
    this.#wire = { dispatcher: this.#agent, timeoutMs: timeoutMs + 10_000, limitBytes: limitBytes * 6 };
    this.#limit = limitBytes;
    this.#timeoutMs = timeoutMs;
  }

  async render({ url, locale, signal }: RenderRequest): Promise<Rendered> {
    const { allowed } = this.#tools;
    await checkName(url, this.#tools);
    const { url: last, fullContent } = await this.#ask(this.#addressFor(url, locale), signal);
    // Where it was led to is its own affair; what it brought from there is ours.
    const end = readPageAddress(last, allowed, url);
    if (end.host !== url.host) await checkName(end, this.#tools);
    if (fullContent.length > this.#limit) throw tooLarge(this.#limit);
    return { url: end.href, text: fullContent, status: null };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #addressFor(url: URL, locale: string | undefined): URL {
    const address = new URL(this.#address);
    const wishes = {
      url: url.href,
      'full-content': 'true',
      cache: 'false',
      'wait-until': 'load',
      sleep: String(settleMs),
      timeout: String(this.#timeoutMs),
      resource: resources,
      'user-agent': this.#tools.settings.FETCH_USER_AGENT,
      'ignore-https-errors': 'false',
      ...(locale ? { locale } : {}),
    };
    for (const [name, value] of Object.entries(wishes)) address.searchParams.set(name, value);
    return address;
  }

  async #ask(address: URL, signal: AbortSignal): Promise<z.infer<typeof answerShape>> {
    try {
      const answer = await ask(address, { headers: this.#headers, signal, onBytes: () => undefined }, this.#wire);
      if (answer.status !== 200) {
        answer.discard();
        throw renderingFailed(`the service answered ${answer.status}.`, answer.status >= 500);
      }
      return answerShape.parse(JSON.parse((await answer.read()).toString('utf8')));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof z.ZodError) {
        throw renderingFailed('the service answered something that is not known.', false, error);
      }
      if (!(error instanceof FetchTrouble) || error.code === 'RENDERING_FAILED') throw error;
      throw renderingFailed('the service could not be asked.', error.mayPass, error);
    }
  }
}
