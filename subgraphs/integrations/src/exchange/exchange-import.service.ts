import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';
import { isArchive, isData, isPicture } from './file-name.ts';
import { importExchangeFile } from './import-exchange-file.job.ts';

export interface ImportAnswer {
  readonly word: 'progress' | 'success';
  readonly lines: readonly string[];
}

/** 1C asks again the moment it is told `progress`: waiting here a little keeps it from asking thousands of times. */
const waitMs = 2_000;
const lookEveryMs = 100;
/** An import of which nothing was heard for so long has lost its job. */
const lostMs = 5 * 60_000;

const isUnderWay = ({ state }: ExchangeFileEntity): boolean => state === 'QUEUED' || state === 'IMPORTING';
const isLost = ({ touchedAt }: ExchangeFileEntity): boolean => Date.now() - (touchedAt?.getTime() ?? 0) > lostMs;

const progress = ({ name, rowsDone, state }: ExchangeFileEntity): ImportAnswer => ({
  word: 'progress',
  lines: [state === 'QUEUED' ? `${name} waits for its turn` : `${name}: ${rowsDone} rows imported`],
});

const byName = (a: ExchangeFileEntity, b: ExchangeFileEntity): number =>
  a.name.localeCompare(b.name, 'en', { numeric: true });

/** Answers `import`: the first call enqueues the work, and each one tells how far it is. */
export class ExchangeImportService {
  readonly #context: IntegrationsContext;
  readonly #session: ExchangeSessionEntity;

  constructor(context: IntegrationsContext, session: ExchangeSessionEntity) {
    this.#context = context;
    this.#session = session;
  }

  async ask(name: string): Promise<ImportAnswer> {
    const until = Date.now() + waitMs;
    for (;;) {
      const answer = await this.#ask(name);
      if (answer.word === 'success' || Date.now() >= until) return answer;
      await sleep(lookEveryMs);
    }
  }

  async #ask(name: string): Promise<ImportAnswer> {
    const files = await this.#files(this.#context.manager).listNamed(this.#session.id, name);
    const file =
      files.find((one) => one.name === name) ?? onlyOne(files.filter((one) => one.name.endsWith(`/${name}`)));
    if (file) return isArchive(file.name) ? this.#askArchive(file) : this.#askFile(file);
    // With `zip=yes` 1C packs all its files and then asks for them by their own names.
    const packed = files.find((one) => isArchive(one.name) && (one.state === 'RECEIVED' || isUnderWay(one)));
    if (packed) return { ...(await this.#askFile(packed)), word: 'progress' };
    const broken = files.find((one) => isArchive(one.name) && one.state === 'FAILED');
    throw new ExchangeFailure(
      broken?.failure ?? `${name} has not been received in this session: send it with mode=file before its import.`,
    );
  }

  /** An archive that is asked for by its own name stands for all that is in it: goods, then what is said of them. */
  async #askArchive(archive: ExchangeFileEntity): Promise<ImportAnswer> {
    const answer = await this.#askFile(archive);
    if (answer.word === 'progress') return answer;
    const files = await this.#files(this.#context.manager).listOfArchive(archive.id);
    const parts = files.filter(({ name }) => isData(name)).sort(byName);
    const lines = [...answer.lines];
    for (const part of parts) {
      const itsAnswer = await this.#askFile(part);
      if (itsAnswer.word === 'progress') return itsAnswer;
      lines.push(...itsAnswer.lines);
    }
    return { word: 'success', lines };
  }

  async #askFile(file: ExchangeFileEntity): Promise<ImportAnswer> {
    if (isPicture(file.name)) return { word: 'success', lines: [] };
    if (file.state === 'FAILED') throw new ExchangeFailure(file.failure ?? `${file.name} could not be imported.`);
    if (file.state === 'IMPORTED') return { word: 'success', lines: file.note?.split('\n') ?? [] };
    if (file.state === 'RECEIVED' || isLost(file)) {
      await inTransaction(this.#context.manager, (manager) => this.#enqueue(manager, file));
    }
    return progress(file);
  }

  /** One file of a session at a time: offers are not to overtake the goods. */
  async #enqueue(manager: EntityManager, { id }: ExchangeFileEntity): Promise<void> {
    await new ExchangeSessionRepository(manager).lock(this.#session.id);
    const files = this.#files(manager);
    const file = await files.findById(id);
    const others = (await files.listUnderWay(this.#session.id)).filter((one) => one.id !== id && !isLost(one));
    if (!file || others.length > 0) return;
    if (file.state !== 'RECEIVED' && !(isUnderWay(file) && isLost(file))) return;
    const now = new Date();
    await files.update(id, { state: 'QUEUED', requestedAt: file.requestedAt ?? now, touchedAt: now });
    await this.#context.jobs.send(manager, importExchangeFile, { fileId: id });
  }

  #files(manager: EntityManager): ExchangeFileRepository {
    return new ExchangeFileRepository(manager);
  }
}

const onlyOne = <Row>(rows: readonly Row[]): Row | undefined => (rows.length === 1 ? rows[0] : undefined);
