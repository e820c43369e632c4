import { findByExternalId } from '@gastronom/shared/external-id';
import type { InventoryClient, KnownWarehouse } from '../inventory/inventory-client.ts';

const lifetimeMs = 30_000;

type Names = Iterable<string | null | undefined>;
type Find = (name: string | null | undefined) => KnownWarehouse | undefined;

/**
 * The warehouses that inventory knows, kept for half a minute in this process. Before a name is called unknown, the list
 * is read anew: a warehouse that was declared a moment ago is there.
 */
export class WarehouseDirectory {
  #known: { readonly warehouses: readonly KnownWarehouse[]; readonly until: number } | undefined;

  /** A way to find each of the names; a blank one means the default warehouse. */
  async find(inventory: InventoryClient, names: Names): Promise<Find> {
    if (this.#known && this.#known.until > Date.now()) {
      const find = finder(this.#known.warehouses);
      if ([...new Set(names)].every((name) => find(name))) return find;
    }
    const warehouses = await inventory.warehouseDirectory();
    this.#known = { warehouses, until: Date.now() + lifetimeMs };
    return finder(warehouses);
  }

  /** The list changed: the next look reads it. */
  forget(): void {
    this.#known = undefined;
  }
}

function finder(warehouses: readonly KnownWarehouse[]): Find {
  const found = new Map<string, KnownWarehouse | undefined>();
  return (name) => {
    const text = name?.trim() ?? '';
    if (!found.has(text)) {
      const byDefault = text === '' ? warehouses.find(({ isDefault }) => isDefault) : undefined;
      found.set(text, byDefault ?? findByExternalId(warehouses, text));
    }
    return found.get(text);
  };
}
