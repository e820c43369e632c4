import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { InventoryClient, KnownWarehouse } from '../inventory/inventory-client.ts';
import { WarehouseDirectory } from './warehouse-directory.ts';

let known: KnownWarehouse[];
let reads: number;
const inventory = {
  warehouseDirectory: () => {
    reads += 1;
    return Promise.resolve([...known]);
  },
} as Pick<InventoryClient, 'warehouseDirectory'> as InventoryClient;
const warehouse = (id: string, externalId: string, isDefault = false) => ({ id, externalId, name: id, isDefault });

beforeEach(() => {
  reads = 0;
  known = [warehouse('1', '001', true), warehouse('2', 'AbC-guid'), warehouse('3', '7'), warehouse('4', '07')];
});

describe('the directory of warehouses', () => {
  it.each([
    ['001', '1'],
    ['1', '1'],
    [' 000000001 ', '1'],
    ['', '1'],
    [null, '1'],
    [undefined, '1'],
    ['abc-GUID', '2'],
    ['7', '3'],
    ['07', '4'],
    ['007', undefined],
    ['0', undefined],
    ['10', undefined],
  ])('knows %j as the warehouse %s', async (name, id) => {
    const find = await new WarehouseDirectory().find(inventory, [name]);

    expect(find(name)?.id).toBe(id);
  });

  it('is read once in half a minute, and again before a name is called unknown', async () => {
    const directory = new WarehouseDirectory();
    await directory.find(inventory, ['001']);
    await directory.find(inventory, ['AbC-guid', '']);
    const whileKnown = reads;
    known.push(warehouse('5', 'new'));
    const find = await directory.find(inventory, ['new']);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
    await directory.find(inventory, ['001']);
    jest.restoreAllMocks();

    expect([whileKnown, find('new')?.id, reads]).toEqual([1, '5', 3]);
  });

  it('is read anew once it is told that it changed', async () => {
    const directory = new WarehouseDirectory();
    await directory.find(inventory, ['001']);
    directory.forget();
    await directory.find(inventory, ['001']);

    expect(reads).toBe(2);
  });
});
