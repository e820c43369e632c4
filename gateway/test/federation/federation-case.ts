import type { FederatedSubgraph } from '@gastronom/shared/testing/federated-subgraphs';

export interface ExpectedError {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

export interface FederationCase {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ExpectedError[];
  /** Why Apollo's executor answers otherwise, where it is wrong: it is then not asked. */
  readonly apolloIsWrong?: string;
  /** Why Hive's planner leads to another answer, where it is wrong. */
  readonly hivePlansWrong?: string;
  /** Why Apollo's planner, under our own executor, leads to another answer, where it is wrong. */
  readonly apolloPlansWrong?: string;
}

/** A supergraph, and what is asked of it. */
export interface FederationWorld {
  readonly name: string;
  readonly subgraphs: Readonly<Record<string, FederatedSubgraph>>;
  readonly cases: readonly FederationCase[];
}

/** The schema's first lines: Federation 2 with every directive that the cases use. */
export const federation = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"
])
`;

/** Resolves references by a key among rows: the first of the keys that the reference has. */
export const byKey =
  <Row extends object>(rows: readonly Row[], ...keys: readonly (keyof Row & string)[]) =>
  (reference: object): Row | null => {
    const given = reference as Partial<Row>;
    const key = keys.find((name) => given[name] !== undefined);
    const row = key === undefined ? undefined : rows.find((each) => each[key] === given[key]);
    return row ? { ...reference, ...row } : null;
  };
