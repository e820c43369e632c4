import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './graph.ts';

const listQuery = `query List($first: Int, $after: String) {
  products(first: $first, after: $after) {
    nodes { id sku name price { amount currencyCode } isAvailable availability { status availableOnline asOf isStale } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Listed {
  readonly products: {
    readonly nodes: readonly { readonly availability: unknown }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** The cursors of so many different pages of twenty goods. */
export async function pagesOf(url: string, most: number): Promise<(string | null)[]> {
  const cursors: (string | null)[] = [null];
  while (cursors.length < most) {
    const { products }: Listed = await ask<Listed>(url, listQuery, { first: 20, after: cursors.at(-1) });
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
  const reads: Promise<void>[] = [];
  const from = performance.now();
  for (let index = 0; !until(); index += 1) {
    const due = from + (index * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const read = async () => {
      const { products } = await ask<Listed>(url, listQuery, { first: 20, after: pages[index % pages.length] });
      times.push(performance.now() - due);
      if (products.nodes.some(({ availability }) => availability === null))
        throw new Error('a page came without stock');
    };
    reads.push(read());
  }
  await Promise.all(reads);
  return times;
}
