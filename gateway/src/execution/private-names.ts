import { type ASTNode, type DocumentNode, type FieldNode, Kind, parse, visit } from 'graphql';

/** No field of a schema begins so, and no client's name for one is left so. */
const mark = '_c_';

/** How fields of the client are called between the gateway and the subgraphs. */
export interface PrivateNames {
  /** The key under which the subgraphs answer a field that the client selected. */
  keyOf(field: FieldNode): string;
  /** The operation as it is planned. */
  apply(document: DocumentNode): DocumentNode;
}

/** The client's name for a key of a subgraph's answer, as paths of errors tell it. */
export const publicKey = (key: string): string => (key.startsWith(mark) ? key.slice(mark.length) : key);

const fieldSets = new Set(['key', 'requires']);

/** The names of all fields that some key or `@requires` selects: planners fetch these under their own names. */
function neededNames(supergraph: DocumentNode): Set<string> {
  const names = new Set(['__typename']);
  visit(supergraph, {
    Argument({ name, value }) {
      if (!fieldSets.has(name.value) || value.kind !== Kind.STRING) return;
      visit(parse(`{ ${value.value} }`, { noLocation: true }), { Field: (field) => void names.add(field.name.value) });
    },
  });
  return names;
}

function namesWithArguments(supergraph: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(supergraph, {
    FieldDefinition: (field) => void (field.arguments?.length && names.add(field.name.value)),
  });
  return names;
}

const isField = (node: ASTNode): node is FieldNode => node.kind === Kind.FIELD;

/**
 * A client may call a field as it likes, also by the name of another that a plan needs as key or by `@requires`, and may
 * ask for the needed one with other arguments. Both planners then mix them up (Apollo's answers wrongly, Hive's may even
 * end the process), so whatever could be mixed up is planned under a name of its own.
 */
export function privateNames(supergraph: DocumentNode): PrivateNames {
  const needed = neededNames(supergraph);
  const varying = namesWithArguments(supergraph);
  const isOwn = (key: string, name: string) =>
    key === name ? needed.has(key) && varying.has(name) : needed.has(key) || key.startsWith('_');
  const keyOf = ({ alias, name }: FieldNode): string => {
    const key = alias?.value ?? name.value;
    return isOwn(key, name.value) ? `${mark}${key}` : key;
  };
  return {
    keyOf,
    apply: (document) =>
      visit(document, {
        enter(node) {
          if (!isField(node)) return undefined;
          // The answer is written by it, whatever the client calls it.
          if (node.name.value === '__typename') return node.alias ? { ...node, alias: undefined } : undefined;
          const key = keyOf(node);
          if (key === (node.alias?.value ?? node.name.value) && key !== node.name.value) return undefined;
          const alias = key === node.name.value ? undefined : { kind: Kind.NAME, value: key };
          return alias || node.alias ? { ...node, alias } : undefined;
        },
      }),
  };
}
