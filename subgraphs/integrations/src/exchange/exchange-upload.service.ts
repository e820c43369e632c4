import { inTransaction } from '@gastronom/shared/database/transaction';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../context.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import type { ExchangeSessionEntity } from './exchange-session.entity.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';
import { placeOf } from './next-chunk.ts';

const isBusy = ({ state }: ExchangeFileEntity): boolean => state === 'QUEUED' || state === 'IMPORTING';
const isOver = ({ state }: ExchangeFileEntity): boolean => state === 'IMPORTED' || state === 'FAILED';

/** Takes the files of a session, piece by piece. */
export class ExchangeUploadService {
  readonly #context: IntegrationsContext;
  readonly #session: ExchangeSessionEntity;

  constructor(context: IntegrationsContext, session: ExchangeSessionEntity) {
    this.#context = context;
    this.#session = session;
  }

  /** Begins anew: what came so far and was not imported is dropped. */
  init(): Promise<void> {
    return inTransaction(this.#context.manager, async (manager) => {
      const sessions = new ExchangeSessionRepository(manager);
      await sessions.lock(this.#session.id);
      const dropped = await new ExchangeFileRepository(manager).deleteUnfinished(this.#session.id);
      await sessions.addBytes(this.#session.id, -dropped);
    });
  }

  /** Adds a piece to a file. The same piece once more, after an answer that was lost, adds nothing. */
  append(name: string, chunk: Buffer): Promise<void> {
    if (chunk.length === 0) throw new ExchangeFailure(`No bytes of ${name} came: send them as the body of a POST.`);
    return inTransaction(this.#context.manager, async (manager) => {
      const { bytes } = await new ExchangeSessionRepository(manager).lock(this.#session.id);
      this.#checkLimit(Number(bytes) + chunk.length);
      await this.#add(manager, name, chunk);
    });
  }

  #checkLimit(bytes: number): void {
    const { sessionLimit } = this.#context.settings.exchange;
    if (bytes <= sessionLimit) return;
    const limit = Math.round(sessionLimit / 1024 / 1024);
    throw new ExchangeFailure(
      `The files of this exchange are larger than ${limit} MB together (EXCHANGE_SESSION_LIMIT_MB): send fewer goods or smaller pictures at a time.`,
    );
  }

  async #add(manager: EntityManager, name: string, chunk: Buffer): Promise<void> {
    const files = new ExchangeFileRepository(manager);
    const sessions = new ExchangeSessionRepository(manager);
    const known = await files.findByName(this.#session.id, name);
    if (known && isBusy(known))
      throw new ExchangeFailure(`${name} is being imported just now: send it again afterwards.`);
    const place = known && !isOver(known) ? placeOf(chunk, await files.findChunks(known.id)) : 'RESTART';
    if (place === 'REPEATED') return;
    if (known && place === 'RESTART') await sessions.addBytes(this.#session.id, -(await files.delete(known.id)));
    const id = known && place === 'NEXT' ? known.id : await files.insert(this.#session.id, name, new Date());
    await files.appendChunk(id, chunk);
    await sessions.addBytes(this.#session.id, chunk.length);
  }
}
