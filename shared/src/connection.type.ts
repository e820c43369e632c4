import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { SameForAll } from './answer-tag.directive.ts';
import type { Page } from './cursor.ts';

@SameForAll()
@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was read from a cursor, so that rows stand before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row, to be sent as `after`; null on an empty page.',
  })
  endCursor!: string | null;
}

/** Which page of a list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many: 0 to 100, 20 by default.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row to read on from.' })
  after?: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** The Relay connection of a page; `totalCount` is left to a resolver that is called only when it is asked for. */
export function toConnection<Row>(
  page: Page<Row>,
  cursorOf: (row: Row) => string,
  after?: string | null,
): Connection<Row> {
  const edgeOf = (node: Row): Edge<Row> => ({ cursor: cursorOf(node), node });
  const [first] = page.rows;
  const last = page.rows.at(-1);
  // Made when they are asked for: twenty cursors cost as much as the twenty rows.
  return {
    get edges() {
      return page.rows.map(edgeOf);
    },
    nodes: page.rows,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: Boolean(after),
      get startCursor() {
        return first === undefined ? null : cursorOf(first);
      },
      get endCursor() {
        return last === undefined ? null : cursorOf(last);
      },
    },
  };
}

/**
 * Makes `XEdge` and `XConnection` for a node type.
 * @param options.sameForAll whether the list is the same for whoever asks (see `answer-tag.directive.ts`).
 */
export function connectionOf<Node extends object>(
  node: ClassType<Node>,
  name: string,
  options: { readonly sameForAll?: boolean } = {},
) {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class NodeEdge implements Edge<Node> {
    @Field(() => String, { description: 'Opaque place of this row, to be sent as `after`.' })
    cursor!: string;

    @Field(() => node, { description: 'The row.' })
    node!: Node;
  }

  @ObjectType()
  abstract class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The rows of this page with their cursors.' })
    edges!: NodeEdge[];

    @Field(() => [node], { description: 'The rows of this page, where cursors are not needed.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;
  }
  if (options.sameForAll) SameForAll()(NodeEdge);
  return NodeConnection;
}
