import DataLoader from 'dataloader';

/** The row that a page begins behind. */
export interface Place {
  readonly moment: string;
  readonly id: string;
}

type Lists<Row> = DataLoader<string, readonly Row[]>;

/** The loader of lists by what they hang on, for pages of one length and place. */
export type PagesOf<Row> = (size: number, after?: Place) => Lists<Row>;

/** Lists inside a list, as members of each of twenty organisations: one statement for all that ask for the same page. */
export function loadersOfPages<Row>(
  list: (ids: readonly string[], size: number, after?: Place) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): PagesOf<Row> {
  const made = new Map<string, Lists<Row>>();
  return (size, after) => {
    const key = JSON.stringify([size, after]);
    const known = made.get(key);
    if (known) return known;
    const lists: Lists<Row> = new DataLoader(async (ids) => {
      const byId = Map.groupBy(await list(ids, size, after), idOf);
      return ids.map((id) => byId.get(id) ?? []);
    });
    made.set(key, lists);
    return lists;
  };
}
