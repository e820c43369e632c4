import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Dice } from './dice.ts';
import { type Pool, randomValue } from './random-value.ts';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const deepest = 6;
const mostFields = 60;

/** Writes one operation that the schema accepts, whatever fields and types it has. */
class Writer {
  readonly #dice: Dice;
  readonly #schema: GraphQLSchema;
  readonly #pool: Pool;
  readonly #declarations: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #fields = 0;

  constructor(dice: Dice, schema: GraphQLSchema, pool: Pool) {
    this.#dice = dice;
    this.#schema = schema;
    this.#pool = pool;
  }

  operation(kind: 'query' | 'mutation', roots: readonly GraphQLField<unknown, unknown>[]): Operation {
    const count = kind === 'mutation' ? 1 : 1 + this.#dice.below(3);
    // Under names of their own: the same field with other arguments may stand beside it.
    const body = Array.from({ length: count }, (_, i) => `f${i}: ${this.#field(this.#dice.pick(roots), 1)}`).join(' ');
    const declared = this.#declarations.length > 0 ? ` (${this.#declarations.join(', ')})` : '';
    return { query: `${kind}${declared} { ${body} }`, variables: this.#variables };
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#fields += 1;
    const passed = field.args
      .filter((arg) => isRequiredArgument(arg) || this.#dice.oneIn(2))
      .map((arg) => {
        const name = `v${this.#declarations.length}`;
        this.#declarations.push(`$${name}: ${String(arg.type)}`);
        this.#variables[name] = randomValue(this.#dice, arg.type, {
          pool: this.#pool,
          field: field.name,
          key: arg.name,
          depth: 0,
        });
        return `${arg.name}: $${name}`;
      });
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` { ${this.#selection(type, depth)} }` : '';
    return `${field.name}${passed.length > 0 ? `(${passed.join(', ')})` : ''}${below}`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type)) {
      const possible = this.#schema.getPossibleTypes(type);
      return possible.map((one) => `... on ${one.name} { ${this.#selection(one, depth)} }`).join(' ');
    }
    if (!isObjectType(type)) throw new Error(`nothing is selected of ${type.name}`);
    const fields = this.#pick(type, depth);
    return ['__typename', ...fields.map((field) => this.#field(field, depth + 1))].join(' ');
  }

  #pick(type: GraphQLObjectType, depth: number): GraphQLField<unknown, unknown>[] {
    const all = Object.values(type.getFields());
    const isOver = depth >= deepest || this.#fields > mostFields;
    const leaves = all.filter((field) => !isCompositeType(getNamedType(field.type)));
    const branches = isOver ? [] : all.filter((field) => !leaves.includes(field));
    // All that can be read of a thing, as a rule: what leaks is seen where it is asked for.
    const read = this.#dice.oneIn(3) && leaves.length > 0 ? this.#dice.some(leaves, 3) : leaves;
    return [...read, ...(branches.length > 0 ? this.#dice.some(branches, 3) : [])];
  }
}

export interface Wish {
  readonly kind: 'query' | 'mutation';
  /** The fields, as `Query.me`, that are not refused to the caller: most operations ask for these alone. */
  readonly open: ReadonlySet<string>;
}

export function randomOperation(dice: Dice, schema: GraphQLSchema, pool: Pool, { kind, open }: Wish): Operation {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const roots = Object.values(root?.getFields() ?? {});
  const allowed = roots.filter(({ name }) => open.has(`${root?.name}.${name}`));
  const isModest = allowed.length > 0 && !dice.oneIn(6);
  return new Writer(dice, schema, pool).operation(kind, isModest ? allowed : roots);
}
