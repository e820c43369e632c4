import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How large the largest operation of a document is, with every fragment counted as often as it is spread. */
export interface OperationSize {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

/** A fragment that spreads itself, directly or through others: such a document has no size. */
export class CircularFragmentError extends Error {
  readonly fragment: string;

  constructor(fragment: string) {
    super(`Cannot spread fragment "${fragment}" within itself.`);
    this.name = 'CircularFragmentError';
    this.fragment = fragment;
  }
}

const nothing: OperationSize = { depth: 0, fields: 0, aliases: 0, directives: 0 };

// Fragments that double thirty times over count in billions: numbers stay whole.
const sum = (one: number, other: number): number => Math.min(one + other, Number.MAX_SAFE_INTEGER);

const besides = (one: OperationSize, other: OperationSize): OperationSize => ({
  depth: Math.max(one.depth, other.depth),
  fields: sum(one.fields, other.fields),
  aliases: sum(one.aliases, other.aliases),
  directives: sum(one.directives, other.directives),
});

const largest = (one: OperationSize, other: OperationSize): OperationSize => ({
  depth: Math.max(one.depth, other.depth),
  fields: Math.max(one.fields, other.fields),
  aliases: Math.max(one.aliases, other.aliases),
  directives: Math.max(one.directives, other.directives),
});

const marked = (node: { readonly directives?: readonly DirectiveNode[] | undefined }): OperationSize => ({
  ...nothing,
  directives: node.directives?.length ?? 0,
});

/** Sizes of one document. A fragment is measured once, so that the time is that of reading the document. */
class Measure {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #known = new Map<string, OperationSize | 'being measured'>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  ofSelections({ selections }: SelectionSetNode): OperationSize {
    let size = nothing;
    for (const selection of selections) size = besides(size, this.#ofSelection(selection));
    return size;
  }

  ofFragment(name: string): OperationSize {
    const known = this.#known.get(name);
    if (known === 'being measured') throw new CircularFragmentError(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    // One that is not defined is for validation to tell.
    if (!fragment) return nothing;
    this.#known.set(name, 'being measured');
    const size = besides(marked(fragment), this.ofSelections(fragment.selectionSet));
    this.#known.set(name, size);
    return size;
  }

  #ofSelection(selection: SelectionNode): OperationSize {
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      return besides(marked(selection), this.ofFragment(selection.name.value));
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return besides(marked(selection), this.ofSelections(selection.selectionSet));
    const inner = selection.selectionSet ? this.ofSelections(selection.selectionSet) : nothing;
    return {
      depth: inner.depth + 1,
      fields: sum(inner.fields, 1),
      aliases: sum(inner.aliases, selection.alias ? 1 : 0),
      directives: sum(inner.directives, selection.directives?.length ?? 0),
    };
  }
}

/** Measures a document in time that grows with its length alone. Throws `CircularFragmentError`. */
export function measureDocument(document: DocumentNode): OperationSize {
  const measure = new Measure(document);
  let size = nothing;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      size = largest(size, measure.ofFragment(definition.name.value));
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      let operation = besides(marked(definition), measure.ofSelections(definition.selectionSet));
      for (const variable of definition.variableDefinitions ?? []) operation = besides(operation, marked(variable));
      size = largest(size, operation);
    }
  }
  return size;
}
