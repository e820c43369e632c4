import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ListingPage } from '@gastronom/product-page/adapter/market-adapter';
import type { PageToRead, ProductReading, ReadingRules } from '@gastronom/product-page/reading';
import type { ReadingAnswer, ReadingTask, SelectorTrial } from './reading-thread.ts';

/** A page that is not read by then, or not in so much memory, is none that can be read. */
const timeoutMs = 60_000;
const resourceLimits = { maxOldGenerationSizeMb: 384 };

/** The page broke the reader, or took too much of its time or memory. */
export class UnreadablePageError extends Error {}

const unreadable = (answer: ReadingAnswer): UnreadablePageError =>
  new UnreadablePageError('trouble' in answer ? answer.trouble : 'the thread answered something else');

interface Waiting extends ReadingTask {
  /** The first ended its thread. */
  readonly isSecondTry?: boolean;
  readonly isUrgent: boolean;
  readonly resolve: (answer: ReadingAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** From sources in tests, compiled otherwise. */
const program = new URL(`./reading-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Reads pages in threads of their own: a large page takes as long as hundreds of requests, which the process has to answer
 * meanwhile, and one that breaks the reader ends a thread. They are started when they are needed, and hold no process up.
 */
export class PageReader {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #idle: Worker[] = [];
  readonly #queue: Waiting[] = [];
  #threads = 0;
  #waitingText = 0;
  #hopeful: (() => void)[] = [];

  /** @param mostWaiting so much text may wait to be read, in characters, before further pages are fetched. */
  constructor(threads = Math.max(1, Math.min(4, availableParallelism() - 1)), mostWaiting = 8 * 1_024 * 1_024) {
    this.#most = threads;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * @param isUrgent somebody waits: it goes before pages for which nobody does.
   * @throws UnreadablePageError
   */
  async read(page: PageToRead, rules: ReadingRules, isUrgent = false): Promise<ProductReading> {
    const answer = await this.#ask({ page, rules, isTrial: false }, isUrgent);
    if ('reading' in answer) return answer.reading;
    throw unreadable(answer);
  }

  /** Tries the selectors of a store on a page. @throws UnreadablePageError */
  async tryOut(page: PageToRead, rules: ReadingRules): Promise<SelectorTrial> {
    const answer = await this.#ask({ page, rules, isTrial: true }, true);
    if ('trial' in answer) return answer.trial;
    throw unreadable(answer);
  }

  /** Reads what a page lists. @throws UnreadablePageError */
  async list(page: PageToRead, rules: ReadingRules): Promise<ListingPage> {
    const answer = await this.#ask({ page, rules, isTrial: false, isList: true }, false);
    if ('list' in answer) return answer.list;
    throw unreadable(answer);
  }

  #ask(task: ReadingTask, isUrgent: boolean): Promise<ReadingAnswer> {
    return new Promise((resolve, reject) => {
      this.#waitingText += task.page.text.length;
      const place = isUrgent ? this.#queue.findIndex((other) => !other.isUrgent) : -1;
      this.#queue.splice(place === -1 ? this.#queue.length : place, 0, { ...task, isUrgent, resolve, reject });
      this.#next();
    });
  }

  get hasRoom(): boolean {
    return this.#waitingText <= this.#mostWaiting;
  }

  /** When there is room for the text of another page. */
  async whenRoom(): Promise<void> {
    while (!this.hasRoom) await new Promise<void>((resolve) => this.#hopeful.push(resolve));
  }

  /** Ends idle threads; others come when they are needed. */
  async close(): Promise<void> {
    const idle = this.#idle.splice(0);
    this.#threads -= idle.length;
    await Promise.all(idle.map((thread) => thread.terminate()));
  }

  #next(): void {
    if (this.#queue.length === 0) return;
    const thread = this.#idle.pop() ?? (this.#threads < this.#most ? this.#start() : undefined);
    const task = thread && this.#queue.shift();
    if (thread && task) this.#give(thread, task);
  }

  #start(): Worker {
    this.#threads += 1;
    return new Worker(program, { resourceLimits });
  }

  #give(thread: Worker, task: Waiting): void {
    const { page, rules, isTrial, isList = false, resolve, reject } = task;
    const end = (settle: () => void, lives: boolean) => {
      clearTimeout(timer);
      // Those alone: it listens to itself as well.
      thread.removeAllListeners('message');
      thread.removeAllListeners('error');
      this.#waitingText -= page.text.length;
      if (lives) this.#idle.push(thread);
      else this.#bury(thread);
      // An idle thread keeps no process alive.
      thread.unref();
      settle();
      this.#invite();
      this.#next();
    };
    const timer = setTimeout(() => {
      end(() => reject(new UnreadablePageError('the page took too long to read')), false);
    }, timeoutMs);
    thread.once('message', (answer: ReadingAnswer) => end(() => resolve(answer), true));
    thread.once('error', (error) => {
      // It may not be the page's fault, as where a thread could not even start.
      if (task.isSecondTry) return end(() => reject(new UnreadablePageError(error.message)), false);
      end(() => this.#retry(task), false);
    });
    thread.ref();
    thread.postMessage({ page, rules, isTrial, isList } satisfies ReadingTask);
  }

  #retry(task: Waiting): void {
    this.#waitingText += task.page.text.length;
    this.#queue.unshift({ ...task, isSecondTry: true });
  }

  #bury(thread: Worker): void {
    this.#threads -= 1;
    // What it says of its end is of no interest, and neither is an error of a thread that is ended.
    thread.on('error', () => undefined);
    void thread.terminate();
  }

  #invite(): void {
    const hopeful = this.#hopeful;
    this.#hopeful = [];
    for (const look of hopeful) look();
  }
}

/** One for the process, however many environments it has. */
export const pageReader = new PageReader();
