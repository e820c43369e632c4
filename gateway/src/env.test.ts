import {
  addressVariable,
  remoteSubgraphUrl,
  subgraphNames,
  timeoutVariable,
} from '@gastronom/shared/subgraph-addresses';
import { describe, expect, it } from '@jest/globals';
import { readGatewaySettings } from './env.ts';
import { subgraphTimeout } from './graphql/graphql-settings.ts';

describe('the time of a subgraph', () => {
  it.each(subgraphNames)('is its own for %s where it has one, else that of all', (name) => {
    const own = readGatewaySettings({ [timeoutVariable(name)]: '1234', SUBGRAPH_TIMEOUT_MS: '777' });
    const others = subgraphNames.filter((other) => other !== name && other !== 'integrations');

    expect(subgraphTimeout(name, own)).toBe(1234);
    expect(new Set(others.map((other) => subgraphTimeout(other, own)))).toEqual(new Set([777]));
  });
});

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
