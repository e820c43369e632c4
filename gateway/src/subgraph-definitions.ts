import { accounts } from '@gastronom/accounts/subgraph';
import { catalog } from '@gastronom/catalog/subgraph';
import { integrations } from '@gastronom/integrations/subgraph';
import { inventory } from '@gastronom/inventory/subgraph';
import { orders } from '@gastronom/orders/subgraph';
import { priceTracking } from '@gastronom/price-tracking/subgraph';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { suppliers } from '@gastronom/suppliers/subgraph';

/** The subgraphs of the product. Only the one-process composition root, the CLI's schema command and tests read this list. */
export const definitions: readonly SubgraphDefinition[] = [
  accounts,
  catalog,
  inventory,
  integrations,
  suppliers,
  orders,
  priceTracking,
];
