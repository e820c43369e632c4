import { SealedSecretError } from '@gastronom/shared/encrypted-secret';

const pageSize = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Told of each row that no key opens: its key was taken away too early. */
export type OnUnreadable = (id: string, error: SealedSecretError) => void;

interface Resealing<Row> {
  /** Rows in the order of their ids. */
  readonly list: (after: string, size: number) => Promise<Row[]>;
  /** @throws SealedSecretError */
  readonly reseal: (row: Row) => Promise<void>;
  readonly onUnreadable: OnUnreadable;
}

/** Seals all secrets of a table anew. One that cannot be read stays as it is, and keeps none of the others. */
export async function resealPages<Row extends { readonly id: string }>(resealing: Resealing<Row>): Promise<void> {
  const { list, reseal, onUnreadable } = resealing;
  for (let after = beforeAll; ; ) {
    const page = await list(after, pageSize);
    for (const row of page) {
      try {
        await reseal(row);
      } catch (error) {
        if (!(error instanceof SealedSecretError)) throw error;
        onUnreadable(row.id, error);
      }
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.id;
  }
}
