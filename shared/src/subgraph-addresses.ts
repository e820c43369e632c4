import { z } from 'zod';

/** Where each subgraph listens by default, on a laptop and in the compose file alike. */
export const subgraphPorts = {
  accounts: 4001,
  catalog: 4002,
  inventory: 4003,
  integrations: 4004,
  suppliers: 4005,
  orders: 4006,
  'price-tracking': 4007,
} as const;
export type SubgraphName = keyof typeof subgraphPorts;
export const subgraphNames = Object.keys(subgraphPorts) as SubgraphName[];

type AddressVariable<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Uppercase<First>}_${AddressVariable<Rest>}`
  : `${Uppercase<Name>}_URL`;

/** The name of a subgraph as its settings begin. */
const asVariable = (name: string): string => name.toUpperCase().replaceAll('-', '_');
/** The setting that says where a subgraph is, as `CATALOG_URL`. */
export const addressVariable = (name: string): string => `${asVariable(name)}_URL`;
/** The setting that says how long it may take, as `CATALOG_TIMEOUT_MS`. */
export const timeoutVariable = (name: string): string => `${asVariable(name)}_TIMEOUT_MS`;

/** These settings, for all who call subgraphs over HTTP. */
export const addressVariables = Object.fromEntries(
  subgraphNames.map((name) => [addressVariable(name), z.url().optional()]),
) as Record<AddressVariable<SubgraphName>, z.ZodOptional<z.ZodURL>>;

/** The address of a subgraph from its setting, else its default port on this machine. */
export function remoteSubgraphUrl(name: SubgraphName, variables: Readonly<Record<string, unknown>>): string {
  const given = variables[addressVariable(name)];
  return typeof given === 'string' ? given : `http://127.0.0.1:${subgraphPorts[name]}/graphql`;
}
