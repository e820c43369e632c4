import { CliError } from './cli-error.ts';
import type { GraphClient } from './graph-client.ts';

export interface ServiceKey {
  id: string;
  name: string;
  scopes: string[];
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  state: 'ACTIVE' | 'EXPIRED' | 'REVOKED';
  replacedBy: { id: string } | null;
}

const keyFields = 'id name scopes prefix createdAt lastUsedAt expiresAt revokedAt state replacedBy { id }';

interface UserError {
  message: string;
}

function refuse(userErrors: readonly UserError[]): void {
  if (userErrors.length > 0) throw new CliError(userErrors.map((error) => error.message).join(' '));
}

export interface NewKey {
  name: string;
  scopes: readonly string[];
  expiresAt?: string | undefined;
}

export async function createServiceKey(client: GraphClient, input: NewKey): Promise<{ secret: string }> {
  const query = `mutation Create($input: CreateServiceKeyInput!) {
    createServiceKey(input: $input) { secret userErrors { message } }
  }`;
  const { createServiceKey: payload } = await client.request<{
    createServiceKey: { secret: string | null; userErrors: UserError[] };
  }>(query, { input });
  refuse(payload.userErrors);
  if (!payload.secret) throw new CliError('the server made no key and gave no reason');
  return { secret: payload.secret };
}

export interface Rotation {
  id: string;
  overlapMinutes: number;
  expiresAt?: string | undefined;
}

/** The new key, and the one that it replaces. */
export async function rotateServiceKey(
  client: GraphClient,
  input: Rotation,
): Promise<{ secret: string; replaces: ServiceKey }> {
  const query = `mutation Rotate($input: RotateServiceKeyInput!) {
    rotateServiceKey(input: $input) { secret key { replaces { ${keyFields} } } userErrors { message } }
  }`;
  const { rotateServiceKey: payload } = await client.request<{
    rotateServiceKey: { secret: string | null; key: { replaces: ServiceKey } | null; userErrors: UserError[] };
  }>(query, { input });
  refuse(payload.userErrors);
  if (!payload.secret || !payload.key) throw new CliError('the server made no key and gave no reason');
  return { secret: payload.secret, replaces: payload.key.replaces };
}

interface KeyPage {
  serviceKeys: { nodes: ServiceKey[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

export async function listServiceKeys(
  client: GraphClient,
  filter: { state?: ServiceKey['state'] } = {},
): Promise<ServiceKey[]> {
  const query = `query Keys($filter: ServiceKeyFilter, $after: String) {
    serviceKeys(filter: $filter, first: 100, after: $after) {
      nodes { ${keyFields} }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const keys: ServiceKey[] = [];
  for (let after: string | null = null; ; ) {
    const { serviceKeys }: KeyPage = await client.request<KeyPage>(query, { filter, after });
    keys.push(...serviceKeys.nodes);
    if (!serviceKeys.pageInfo.hasNextPage) return keys;
    after = serviceKeys.pageInfo.endCursor;
  }
}

export async function revokeServiceKey(client: GraphClient, id: string): Promise<ServiceKey> {
  const query = `mutation Revoke($id: ID!) {
    revokeServiceKey(id: $id) {
      key { ${keyFields} }
      userErrors { message }
    }
  }`;
  const { revokeServiceKey: payload } = await client.request<{
    revokeServiceKey: { key: ServiceKey | null; userErrors: UserError[] };
  }>(query, { id });
  refuse(payload.userErrors);
  if (!payload.key) throw new CliError(`there is no key ${id}`);
  return payload.key;
}
