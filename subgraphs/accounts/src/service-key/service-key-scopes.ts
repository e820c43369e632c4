/** All that a key can be allowed to do. */
export const serviceKeyScopes = [
  {
    name: 'sync:write',
    description: 'Sync goods, categories, stock, warehouses and pictures, and run and watch the syncs.',
  },
  { name: 'offers:write', description: 'Write offers and list prices of any supplier in bulk.' },
] as const;

export const isKnownScope = (name: string): boolean => serviceKeyScopes.some((scope) => scope.name === name);

/** As descriptions and messages list them. */
export const scopeNames: string = serviceKeyScopes.map(({ name }) => name).join(', ');
