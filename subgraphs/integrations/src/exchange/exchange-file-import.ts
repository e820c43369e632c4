import { ExportError } from '@gastronom/commerceml/export-error';
import type { Notices } from '@gastronom/commerceml/notices';
import type { IntegrationsContext } from '../context.ts';
import { BatchSender } from './batch-sender.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeRuns } from './exchange-runs.ts';
import { isArchive } from './file-name.ts';
import { importGoods } from './goods-import.ts';
import { importOffers } from './offers-import.ts';
import { storePictures } from './picture-import.ts';
import { type SessionExport, SessionExportOpener } from './session-export.ts';
import { ArchiveUnpacking } from './unpack-archive.ts';

const tellOnce = (notices: Notices): string[] => notices.list().map((notice) => `Note: ${notice}.`);

/** Imports one file of a session, from its first byte, however far an earlier try came. */
export class ExchangeFileImport {
  readonly #context: IntegrationsContext;
  readonly #file: ExchangeFileEntity;
  readonly #files: ExchangeFileRepository;
  #rows = 0;

  constructor(context: IntegrationsContext, file: ExchangeFileEntity) {
    this.#context = context;
    this.#file = file;
    this.#files = new ExchangeFileRepository(context.manager);
  }

  /** What is wrong with the file is kept with it; a trouble of ours is thrown, for the next try. */
  async run(): Promise<void> {
    const { id } = this.#file;
    await this.#files.update(id, { state: 'IMPORTING', rowsDone: 0, touchedAt: new Date() });
    try {
      const notes = isArchive(this.#file.name) ? await this.#unpack() : await this.#import();
      const note = notes.length > 0 ? [...new Set(notes)].join('\n') : null;
      await this.#files.update(id, { state: 'IMPORTED', note, finishedAt: new Date() });
    } catch (error) {
      if (!(error instanceof ExportError) && !(error instanceof ExchangeFailure)) throw error;
      await this.fail(error.message);
    }
  }

  async fail(failure: string): Promise<void> {
    await this.#files.update(this.#file.id, { state: 'FAILED', failure, finishedAt: new Date() });
  }

  async #unpack(): Promise<string[]> {
    const count = await new ArchiveUnpacking(this.#context, this.#file).unpack();
    return [`${count} files were unpacked.`];
  }

  async #import(): Promise<string[]> {
    const context = this.#context;
    const file = this.#file;
    await storePictures(context, file.sessionId, () => this.#noteRows(0));
    const exported = await new SessionExportOpener(context).open(file);
    await this.#noteRows(0);
    const runs = new ExchangeRuns(context, file.sessionId);
    const sender = new BatchSender(context, file, (rows) => this.#noteRows(rows));
    const notes = await this.#importParts({ context, file, exported, runs, sender });
    return [...notes, ...tellOnce(exported.notices)];
  }

  async #importParts(fileImport: Parameters<typeof importGoods>[0]): Promise<string[]> {
    const { hasClassifier, hasGoods, hasOffers }: SessionExport['parts'] = fileImport.exported.parts;
    const notes: string[] = [];
    if (!hasGoods && !hasOffers && !hasClassifier) notes.push('It holds neither goods nor offers and was passed over.');
    // The groups that offers repeat are those of the goods' own file.
    if (hasGoods || (hasClassifier && !hasOffers)) notes.push(...(await importGoods(fileImport)));
    if (hasOffers) notes.push(...(await importOffers(fileImport)));
    return notes;
  }

  async #noteRows(rows: number): Promise<void> {
    this.#rows += rows;
    await this.#files.update(this.#file.id, { rowsDone: this.#rows, touchedAt: new Date() });
  }
}
