import { ExportError } from '@gastronom/commerceml/export-error';
import { scan } from '@gastronom/commerceml/file-scan';
import type { IntegrationsContext } from '../context.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeKnownRepository } from './exchange-known.repository.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';
import { ExchangeUploadService } from './exchange-upload.service.ts';
import { isWholeXml, readSaleFile } from './sale-file.ts';

/** Takes what 1C says of the orders that it was given. */
export class SaleImportService {
  readonly #context: IntegrationsContext;
  readonly #session: ExchangeSessionEntity;
  readonly #files: ExchangeFileRepository;

  constructor(context: IntegrationsContext, session: ExchangeSessionEntity) {
    this.#context = context;
    this.#session = session;
    this.#files = new ExchangeFileRepository(context.manager);
  }

  /** Adds a piece. Older 1C asks for no import: the last piece is followed by it. */
  async append(name: string, chunk: Buffer): Promise<readonly string[]> {
    await new ExchangeUploadService(this.#context, this.#session).append(name, chunk);
    const file = await this.#files.findByName(this.#session.id, name);
    return file && (await this.#isWhole(file)) ? this.#apply(file) : [];
  }

  /** Newer 1C asks: what was applied with its last piece changes nothing now. */
  async import(name: string): Promise<readonly string[]> {
    const file = await this.#files.findByName(this.#session.id, name);
    if (!file)
      throw new ExchangeFailure(`${name} has not been received in this session: send it with mode=file first.`);
    return this.#apply(file);
  }

  #isWhole(file: ExchangeFileEntity): Promise<boolean> {
    return readable(async () => isWholeXml(await this.#scan(file)));
  }

  async #apply(file: ExchangeFileEntity): Promise<readonly string[]> {
    const { manager, settings, orders, logger } = this.#context;
    const skus =
      settings.exchange.skuSource === 'id' ? new Map() : await new ExchangeKnownRepository(manager).listSkus();
    const documents = await readable(async () => readSaleFile(await this.#scan(file), skus));
    const applied = documents.length > 0 ? await orders.apply(documents) : [];
    const now = new Date();
    const refused = applied.filter(({ outcome }) => outcome === 'REFUSED' || outcome === 'UNKNOWN');
    const lines = refused.map(({ id, message }) => `${id}: ${message}`);
    if (refused.length > 0) logger.warn({ file: file.name, refused }, '1C says of orders what cannot be done');
    await this.#files.update(file.id, {
      state: 'IMPORTED',
      rowsDone: documents.length,
      note: lines.length > 0 ? lines.slice(0, 20).join('\n') : null,
      requestedAt: file.requestedAt ?? now,
      touchedAt: now,
      finishedAt: now,
    });
    return lines.slice(0, 20);
  }

  #scan({ id, name }: ExchangeFileEntity) {
    return scan({ path: name, chunks: () => this.#files.read(id) });
  }
}

async function readable<Read>(read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ExportError) throw new ExchangeFailure(error.message);
    throw error;
  }
}
