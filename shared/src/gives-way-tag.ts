/** What a mutation says of itself to who runs it (`gateway/src/readers-first`), as a `@tag` in the supergraph: it can wait. */
export const givesWay = 'gives-way';
