import { type EntityManager, In } from 'typeorm';
import { ExchangeFileEntity } from './exchange-file.entity.ts';
import type { ChunksSoFar } from './next-chunk.ts';

const readAtOnce = 256 * 1024;

export class ExchangeFileRepository {
  readonly #manager: EntityManager;
  readonly #files;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#files = manager.getRepository(ExchangeFileEntity);
  }

  findById(id: string): Promise<ExchangeFileEntity | null> {
    return this.#files.findOneBy({ id });
  }

  findByName(sessionId: string, name: string): Promise<ExchangeFileEntity | null> {
    return this.#files.findOneBy({ sessionId, name });
  }

  /** In the order in which they came. */
  listOfSessions(sessionIds: readonly string[]): Promise<ExchangeFileEntity[]> {
    return this.#files.find({ where: { sessionId: In([...sessionIds]) }, order: { id: 'ASC' } });
  }

  /** As `listOfSessions`, but of each session so many at most. */
  async listFirst(sessionIds: readonly string[], most: number): Promise<ExchangeFileEntity[]> {
    const ids = await this.#manager.query<{ id: string }[]>(
      `SELECT file.id FROM unnest($1::uuid[]) AS session(id)
       CROSS JOIN LATERAL (
         SELECT id FROM exchange_files WHERE session_id = session.id ORDER BY id LIMIT $2
       ) AS file`,
      [sessionIds, most],
    );
    return this.#files.find({ where: { id: In(ids.map(({ id }) => id)) }, order: { id: 'ASC' } });
  }

  /** What an import may mean that names a file: the file, one of that name in a folder, and archives that may hold it. */
  listNamed(sessionId: string, name: string): Promise<ExchangeFileEntity[]> {
    return this.#files
      .createQueryBuilder('file')
      .where('file.sessionId = :sessionId', { sessionId })
      .andWhere(
        `(file.name = :name OR right(file.name, length(:name) + 1) = '/' || :name OR file.name ILIKE '%.zip')`,
        {
          name,
        },
      )
      .orderBy('file.id', 'ASC')
      .getMany();
  }

  listOfArchive(archiveId: string): Promise<ExchangeFileEntity[]> {
    return this.#files.find({ where: { archiveId }, order: { id: 'ASC' } });
  }

  listUnderWay(sessionId: string): Promise<ExchangeFileEntity[]> {
    return this.#files.find({ where: { sessionId, state: In(['QUEUED', 'IMPORTING']) } });
  }

  async insert(sessionId: string, name: string, receivedAt: Date, archiveId: string | null = null): Promise<string> {
    const file = { sessionId, name, receivedAt, archiveId, state: 'RECEIVED' as const };
    const { identifiers } = await this.#files.createQueryBuilder().insert().values(file).execute();
    return String(identifiers[0]?.id);
  }

  async update(id: string, change: Partial<ExchangeFileEntity>): Promise<void> {
    await this.#files.update({ id }, change);
  }

  /** @returns how many bytes went with it. */
  async delete(id: string): Promise<number> {
    const [rows] = await this.#manager.query<[{ bytes: string }[], number]>(
      'DELETE FROM exchange_files WHERE id = $1 RETURNING bytes',
      [id],
    );
    return Number(rows[0]?.bytes ?? 0);
  }

  /** The files whose import nobody has asked for. @returns how many bytes went with them. */
  async deleteUnfinished(sessionId: string): Promise<number> {
    const [rows] = await this.#manager.query<[{ bytes: string }[], number]>(
      `DELETE FROM exchange_files WHERE session_id = $1 AND state IN ('RECEIVED', 'FAILED') RETURNING bytes`,
      [sessionId],
    );
    return rows.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  }

  async findChunks(id: string): Promise<ChunksSoFar | undefined> {
    const [row] = await this.#manager.query<ChunksSoFar[]>(
      `SELECT length(first.content) AS "firstLength", sha256(first.content) AS "firstHash", sha256(last.content) AS "lastHash"
       FROM (SELECT content FROM exchange_chunks WHERE file_id = $1 ORDER BY start_at LIMIT 1) AS first,
         (SELECT content FROM exchange_chunks WHERE file_id = $1 ORDER BY start_at DESC LIMIT 1) AS last`,
      [id],
    );
    return row;
  }

  async appendChunk(id: string, content: Buffer): Promise<void> {
    await this.#manager.query(
      `WITH file AS (UPDATE exchange_files SET bytes = bytes + length($2::bytea) WHERE id = $1 RETURNING id, bytes)
       INSERT INTO exchange_chunks (file_id, start_at, content)
       SELECT id, bytes - length($2::bytea), $2::bytea FROM file`,
      [id, content],
    );
  }

  /** A piece of the file from a place on; empty behind its end. */
  async readAt(id: string, position: number): Promise<Buffer> {
    const [row] = await this.#manager.query<{ content: Buffer }[]>(
      `SELECT substring(content FROM ($2 - start_at + 1)::int FOR $3) AS content
       FROM exchange_chunks WHERE file_id = $1 AND start_at <= $2 ORDER BY start_at DESC LIMIT 1`,
      [id, position, readAtOnce],
    );
    return row?.content ?? Buffer.alloc(0);
  }

  /** The whole file, a piece at a time, from its beginning or from a place on. */
  async *read(id: string, from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    for (let position = from; position < to; ) {
      const piece = await this.readAt(id, position);
      if (piece.length === 0) return;
      yield piece.subarray(0, Math.min(piece.length, to - position));
      position += piece.length;
    }
  }
}
