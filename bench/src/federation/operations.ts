/** One operation of a benchmark, under the name by which it is chosen. */
export interface BenchOperation {
  readonly name: string;
  readonly query: string;
}

const product = 'inStock name price shippingEstimate upc weight';
const user = 'id username name';
const review = 'id body';
const author = `author { ${user} reviews { ${review} product { ${product} } } }`;

/** The same selections as the public benchmark's: four subgraphs, five levels, 88 kB. */
const deep = `query Deep {
  users { ${user} reviews { ${review} product { ${product} reviews { ${review} ${author} } } } }
  topProducts { ${product} reviews { ${review} ${author} } }
}`;

/** One subgraph, one call. */
const small = 'query Small { topProducts { upc name price } }';

export const operations: readonly BenchOperation[] = [
  { name: 'deep', query: deep },
  { name: 'small', query: small },
];
