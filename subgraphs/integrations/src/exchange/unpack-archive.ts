import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { type ArchiveEntry, readArchive } from './archive.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';
import { readFileName } from './file-name.ts';

const chunkSize = 1024 * 1024;

/** Pieces of about a megabyte, whatever the pieces that come. */
async function* inChunks(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    waiting.push(piece);
    size += piece.length;
    if (size < chunkSize) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** Puts the files of an archive beside those that came by themselves: all of them, or none when one is not in order. */
export class ArchiveUnpacking {
  readonly #context: IntegrationsContext;
  readonly #archive: ExchangeFileEntity;

  constructor(context: IntegrationsContext, archive: ExchangeFileEntity) {
    this.#context = context;
    this.#archive = archive;
  }

  /** @returns how many files there were. */
  unpack(): Promise<number> {
    return inTransaction(this.#context.manager, async (manager) => {
      const { id, name, sessionId, bytes } = this.#archive;
      const session = await new ExchangeSessionRepository(manager).lock(sessionId);
      const files = new ExchangeFileRepository(manager);
      const read = (from: number, to: number) => files.read(id, from, to);
      let total = Number(session.bytes);
      let count = 0;
      for await (const entry of readArchive({ name, size: Number(bytes), read })) {
        if (entry.size === 0) continue;
        total += entry.size;
        this.#checkLimit(total);
        total -= await this.#put(manager, entry);
        count += 1;
      }
      // Last, as others who are known by the session wait for its row from here on.
      await new ExchangeSessionRepository(manager).addBytes(sessionId, total - Number(session.bytes));
      return count;
    });
  }

  #checkLimit(total: number): void {
    const { sessionLimit } = this.#context.settings.exchange;
    if (total <= sessionLimit) return;
    const limit = Math.round(sessionLimit / 1024 / 1024);
    throw new ExchangeFailure(
      `${this.#archive.name} unpacks to more than the ${limit} MB that an exchange may bring (EXCHANGE_SESSION_LIMIT_MB).`,
    );
  }

  /** @returns how many bytes of a file of the same name went for it. */
  async #put(manager: EntityManager, entry: ArchiveEntry): Promise<number> {
    const { id: archiveId, sessionId } = this.#archive;
    const files = new ExchangeFileRepository(manager);
    const name = readFileName(entry.name);
    const known = await files.findByName(sessionId, name);
    const dropped = known && known.id !== archiveId ? await files.delete(known.id) : 0;
    const id = await files.insert(sessionId, name, new Date(), archiveId);
    for await (const chunk of inChunks(entry.content())) await files.appendChunk(id, chunk);
    return dropped;
  }
}
