import { addressVariable, remoteSubgraphUrl, subgraphNames } from '@gastronom/shared/subgraph-addresses';
import { describe, expect, it } from '@jest/globals';
import { readGatewaySettings } from './env.ts';

describe('the addresses of subgraphs', () => {
  it.each(subgraphNames)('lead to %s where they say that it is', (name) => {
    const address = `http://${name}.internal:8080/graphql`;
    const settings = readGatewaySettings({ [addressVariable(name)]: address });

    expect(settings.remote).toBe(true);
    expect(remoteSubgraphUrl(name, settings)).toBe(address);
  });

  it('leave the subgraphs in one process with the gateway where nobody gave any', () => {
    expect(readGatewaySettings({}).remote).toBe(false);
  });
});
