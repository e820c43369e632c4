import { anonymous, type Viewer } from '@gastronom/shared/viewer';
import { describe, expect, it, jest } from '@jest/globals';
import { RememberedViewers } from './remembered-viewers.ts';

const service = (name: string): Viewer => ({ kind: 'service', keyId: name, name, scopes: [] });

describe('viewers that are remembered', () => {
  it('are looked up once, however many ask at a time', async () => {
    const viewers = new RememberedViewers(60_000);
    const find = jest.fn(async () => service('till'));

    const found = await Promise.all(Array.from({ length: 50 }, () => viewers.get('till', 'till', find)));

    expect(find).toHaveBeenCalledTimes(1);
    expect(new Set(found).size).toBe(1);
  });

  it('are forgotten with all sessions of their owner, and nobody else', async () => {
    const viewers = new RememberedViewers(60_000);
    const find = jest.fn(async () => anonymous);
    const keys: [string, string][] = [
      ['olga', 'olga 1'],
      ['olga', 'olga 2'],
      ['boris', 'boris 1'],
    ];
    for (const [owner, key] of keys) await viewers.get(owner, key, find);

    viewers.forget('olga');
    viewers.forget('nobody');
    for (const [owner, key] of keys) await viewers.get(owner, key, find);

    expect(find).toHaveBeenCalledTimes(5);
  });

  it('are not what was being looked up when they changed', async () => {
    const viewers = new RememberedViewers(60_000);
    let answer: (viewer: Viewer) => void = () => undefined;
    const slow = viewers.get('olga', 'olga', () => new Promise((resolve) => (answer = resolve)));

    viewers.forget('olga');
    const after = viewers.get('olga', 'olga', async () => service('new'));
    answer(service('old'));

    expect(await slow).toMatchObject({ name: 'old' });
    expect(await after).toMatchObject({ name: 'new' });
    expect(await viewers.get('olga', 'olga', async () => anonymous)).toMatchObject({ name: 'new' });
  });

  it('are looked up again after a failure, and a refusal is remembered', async () => {
    const viewers = new RememberedViewers(60_000);
    const away = async () => {
      throw new Error('away');
    };

    await expect(viewers.get('olga', 'olga', away)).rejects.toThrow('away');
    expect(await viewers.get('olga', 'olga', async () => null)).toBeNull();
    expect(await viewers.get('olga', 'olga', async () => anonymous)).toBeNull();
  });
});
