import { inTransaction } from '@gastronom/shared/database/transaction';
import { DomainError, type ErrorCode } from '@gastronom/shared/domain-error';
import type { IntegrationsContext } from '../context.ts';
import { storeImage } from '../image/image.service.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeKnownRepository } from './exchange-known.repository.ts';
import { isPicture } from './file-name.ts';

/** No picture of goods is larger; what is, is not read into memory. */
const largestPicture = 64 * 1024 * 1024;

/** A storage that is away says nothing of the picture. */
const troublesOfOurs = new Set<ErrorCode>(['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE']);

async function readWhole(files: ExchangeFileRepository, { id, name, bytes }: ExchangeFileEntity): Promise<Buffer> {
  if (Number(bytes) > largestPicture) throw new DomainError('BAD_USER_INPUT', `${name} is larger than any picture.`);
  const pieces: Buffer[] = [];
  for await (const piece of files.read(id)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function store(context: IntegrationsContext, file: ExchangeFileEntity): Promise<void> {
  const { manager } = context;
  try {
    const { sha256 } = await storeImage(context, await readWhole(new ExchangeFileRepository(manager), file));
    await inTransaction(manager, async (transaction) => {
      await new ExchangeKnownRepository(transaction).upsertPicture(file.name, sha256);
      await new ExchangeFileRepository(transaction).update(file.id, { state: 'IMPORTED', finishedAt: new Date() });
    });
  } catch (error) {
    // A bad picture is told and harms no goods; a trouble of ours is met again by the next try.
    if (!(error instanceof DomainError) || troublesOfOurs.has(error.code)) throw error;
    const change = { state: 'FAILED', failure: error.message, finishedAt: new Date() } as const;
    await new ExchangeFileRepository(manager).update(file.id, change);
  }
}

/** Keeps the pictures that a session brought, so that the goods may name them. `alive` is told of each. */
export async function storePictures(
  context: IntegrationsContext,
  sessionId: string,
  alive: () => Promise<void>,
): Promise<void> {
  const files = await new ExchangeFileRepository(context.manager).listOfSessions([sessionId]);
  for (const file of files) {
    if (file.state !== 'RECEIVED' || !isPicture(file.name)) continue;
    await store(context, file);
    await alive();
  }
}
