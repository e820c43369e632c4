import { takeTurns } from './at-rate.ts';
import { ask } from './graph.ts';
import { listDocument } from './pages.ts';

interface Listed {
  readonly products: {
    readonly nodes: readonly { readonly availability: unknown }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** The cursors of so many different pages of twenty goods. */
export async function cursorsOf(url: string, most: number): Promise<(string | null)[]> {
  const cursors: (string | null)[] = [null];
  while (cursors.length < most) {
    const { products }: Listed = await ask<Listed>(url, listDocument, { first: 20, after: cursors.at(-1) });
    if (!products.pageInfo.hasNextPage) break;
    cursors.push(products.pageInfo.endCursor);
  }
  return cursors;
}

/** Reads pages at a steady rate, however long each takes. @returns milliseconds, counted from when a read was due. */
export async function readAtRate(
  url: string,
  pages: readonly (string | null)[],
  perSecond: number,
  until: () => boolean,
): Promise<number[]> {
  const times: number[] = [];
  await takeTurns({ rate: perSecond, until }, async (turn, due) => {
    const { products } = await ask<Listed>(url, listDocument, { first: 20, after: pages[turn % pages.length] });
    times.push(performance.now() - due);
    if (products.nodes.some(({ availability }) => availability === null)) throw new Error('a page came without stock');
  });
  return times;
}
