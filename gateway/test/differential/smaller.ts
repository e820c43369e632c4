import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import type { Case } from './engines.ts';

/** Names that are written behind `...` or `$` somewhere in the nodes. */
function namesUsed(nodes: readonly DefinitionNode[]): { fragments: Set<string>; variables: Set<string> } {
  const [fragments, variables] = [new Set<string>(), new Set<string>()];
  for (const node of nodes)
    visit(node, {
      FragmentSpread: ({ name }) => void fragments.add(name.value),
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
    });
  return { fragments, variables };
}

/** Without fragments and variables that are named nowhere. */
function tidy(document: DocumentNode): DocumentNode {
  let definitions = document.definitions;
  for (let before = -1; before !== definitions.length; ) {
    before = definitions.length;
    const { fragments } = namesUsed(definitions);
    definitions = definitions.filter((one) => one.kind !== Kind.FRAGMENT_DEFINITION || fragments.has(one.name.value));
  }
  const { variables } = namesUsed(definitions);
  return {
    ...document,
    definitions: definitions.map((one) =>
      one.kind === Kind.OPERATION_DEFINITION
        ? {
            ...one,
            variableDefinitions: one.variableDefinitions?.filter((each) => variables.has(each.variable.name.value)),
          }
        : one,
    ),
  };
}

/** Ways to make a document smaller by one thing, the larger things first. */
function* cuts(document: DocumentNode, kept: string | undefined): Generator<DocumentNode> {
  const { definitions } = document;
  for (const one of definitions)
    if (one.kind === Kind.OPERATION_DEFINITION && kept && one.name?.value !== kept)
      yield { ...document, definitions: definitions.filter((other) => other !== one) };
  const kinds = ['selection', 'unwrap', 'spread', 'directives', 'alias', 'argument'] as const;
  for (const kind of kinds)
    for (let target = 0; ; target += 1) {
      const cut = cutAt(document, kind, target);
      if (!cut) break;
      yield cut;
    }
}

type Cut = 'selection' | 'unwrap' | 'spread' | 'directives' | 'alias' | 'argument';

/** The document with the cut of that number made; nothing where there are not so many. */
function cutAt(document: DocumentNode, kind: Cut, target: number): DocumentNode | undefined {
  let count = -1;
  let isDone = false;
  const isIt = () => {
    count += 1;
    if (count === target) isDone = true;
    return count === target;
  };
  const bodies = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const inSet = (set: SelectionSetNode): SelectionSetNode | undefined => {
    for (const [at, one] of set.selections.entries()) {
      if (kind === 'selection' && set.selections.length > 1 && isIt())
        return { ...set, selections: set.selections.toSpliced(at, 1) };
      if (kind === 'unwrap' && one.kind === Kind.INLINE_FRAGMENT && isIt())
        return { ...set, selections: set.selections.toSpliced(at, 1, ...one.selectionSet.selections) };
      const body = one.kind === Kind.FRAGMENT_SPREAD ? bodies.get(one.name.value) : undefined;
      if (kind === 'spread' && one.kind === Kind.FRAGMENT_SPREAD && body && isIt()) {
        const { typeCondition, selectionSet } = body;
        const inline = { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: one.directives, selectionSet } as const;
        return { ...set, selections: set.selections.toSpliced(at, 1, inline) };
      }
    }
    return undefined;
  };
  const cut = visit(document, {
    SelectionSet: inSet,
    enter(node) {
      if (kind === 'directives' && 'directives' in node && node.directives?.length && isIt())
        return { ...node, directives: node.directives.slice(1) };
      if (node.kind !== Kind.FIELD) return undefined;
      if (kind === 'alias' && node.alias && isIt()) return { ...node, alias: undefined };
      if (kind === 'argument' && node.arguments?.length && isIt())
        return { ...node, arguments: node.arguments.slice(1) };
      return undefined;
    },
  });
  return isDone ? cut : undefined;
}

/** The smallest case found that still fails in the same way: only what matters is left. */
export async function smallest(
  schema: GraphQLSchema,
  failing: Case,
  fails: (given: Case) => Promise<boolean>,
): Promise<Case> {
  let best = failing;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const cut of cuts(best.document, best.operationName)) {
      const document = parse(print(tidy(cut)), { noLocation: true });
      if (validate(schema, document).length > 0 || print(document).length >= print(best.document).length) continue;
      const used = namesUsed(document.definitions).variables;
      const variables = Object.fromEntries(Object.entries(best.variables).filter(([name]) => used.has(name)));
      if (!(await fails({ ...best, document, variables }))) continue;
      best = { ...best, document, variables };
      isSmaller = true;
      break;
    }
  }
  return best;
}
