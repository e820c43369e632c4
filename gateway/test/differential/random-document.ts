import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Dice } from '../fuzz/dice.ts';
import { literalOf, randomArgument } from './random-argument.ts';

export interface RandomDocument {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Fragment {
  readonly name: string;
  readonly type: GraphQLCompositeType;
}

/** How large an operation becomes. */
export interface Size {
  readonly depth: number;
  readonly fields: number;
  /** Interfaces that no fragment tells the kinds of. */
  readonly unparted?: readonly string[];
}

const introspections = [
  '__schema { queryType { name } }',
  '__typename',
  '__type(name: "Query") { name kind fields { name } }',
  '__type(name: "None") { name }',
];

/** Writes one operation, with the fragments and variables that are its own. */
class OperationWriter {
  readonly variables: Record<string, unknown> = {};
  readonly #declared = new Map<string, string>();
  readonly #fragments: Fragment[] = [];
  readonly #bodies: string[] = [];
  readonly #dice: Dice;
  readonly #schema: GraphQLSchema;
  readonly #mark: string;
  readonly #size: Size;
  #fields = 0;
  #names = 0;

  constructor(dice: Dice, schema: GraphQLSchema, size: Size, mark: string) {
    this.#dice = dice;
    this.#schema = schema;
    this.#mark = mark;
    this.#size = size;
  }

  write(kind: 'query' | 'mutation', name: string): string {
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (!root) throw new Error(`the schema has no ${kind}`);
    const body = this.#selection(root, 0);
    const declared = [...this.#declared].map(([variable, type]) => `$${variable}: ${type}`).join(', ');
    return [`${kind} ${name}${declared ? `(${declared})` : ''} ${body}`, ...this.#bodies].join('\n');
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const count = depth === 0 ? 1 + this.#dice.below(3) : 1 + this.#dice.below(5);
    const parts = Array.from({ length: count }, () => this.#part(type, depth));
    if (this.#dice.oneIn(4)) parts.splice(this.#dice.below(count), 0, this.#typename());
    return `{ ${parts.join(' ')} }`;
  }

  #typename = (): string => (this.#dice.oneIn(4) ? `${this.#mark}t${this.#dice.below(3)}: __typename` : '__typename');

  #part(type: GraphQLCompositeType, depth: number): string {
    if (depth === 0 && type === this.#schema.getQueryType() && this.#dice.oneIn(20)) return this.#introspection();
    const isFragment =
      this.#dice.oneIn(isAbstractType(type) ? 2 : 5) && depth < this.#size.depth && this.#fields < this.#size.fields;
    if (!isFragment) return this.#field(type, depth);
    return this.#dice.oneIn(3) ? this.#spread(type, depth) : this.#inline(type, depth);
  }

  #introspection = (): string => `${this.#fresh()}: ${this.#dice.pick(introspections)}`;

  #field(parent: GraphQLCompositeType, depth: number): string {
    const fields = 'getFields' in parent ? Object.values(parent.getFields()) : [];
    const isOver = depth >= this.#size.depth || this.#fields > this.#size.fields;
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (fields.length === 0 || (isOver && leaves.length === 0)) return '__typename';
    const branches = fields.filter((field) => !leaves.includes(field));
    const field = this.#dice.pick(isOver || branches.length === 0 ? leaves : this.#dice.oneIn(3) ? branches : fields);
    this.#fields += 1;
    const args = this.#arguments(field);
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${this.#selection(type, depth + 1)}` : '';
    return `${this.#alias(field, args)}${field.name}${args}${this.#directives()}${below}`;
  }

  /** Sometimes one that stands for another field nearby as well: what does not go together is thrown away later. */
  #alias(field: GraphQLField<unknown, unknown>, args: string): string {
    if (args ? this.#dice.oneIn(6) : !this.#dice.oneIn(5)) return '';
    return this.#dice.oneIn(6) ? `${field.name.slice(0, 1)}${this.#dice.below(2)}: ` : `${this.#fresh()}: `;
  }

  #fresh = (): string => `${this.#mark}${this.#names++}`;

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const passed = args.filter((arg) => isRequiredArgument(arg) || this.#dice.oneIn(2));
    return passed.length > 0 ? `(${passed.map((arg) => `${arg.name}: ${this.#passed(arg)}`).join(', ')})` : '';
  }

  #passed(arg: GraphQLArgument): string {
    const value = randomArgument(this.#dice, arg.type);
    if (this.#dice.oneIn(2)) return this.#variable(value, arg.type, arg.defaultValue !== undefined);
    return literalOf(value, arg.type, (inner, type) =>
      this.#dice.oneIn(4) ? this.#variable(inner, type, false) : undefined,
    );
  }

  /** Declares a variable for the place: as its type is, stricter, or with a default; given or left out. */
  #variable(value: unknown, type: GraphQLInputType, hasDefault: boolean): string {
    const name = `${this.#mark}v${this.#declared.size}`;
    const bare = isNonNullType(type) ? type.ofType : type;
    const preset = value === null || !this.#dice.oneIn(3) ? '' : ` = ${literalOf(value, type, () => undefined)}`;
    const mayLoosen = preset !== '' || (isNonNullType(type) && hasDefault);
    const strict = isNonNullType(type) ? !mayLoosen : value !== null && this.#dice.oneIn(5);
    this.#declared.set(name, `${strict ? `${bare}!` : bare}${preset}`);
    const mayBeLeftOut = !strict || preset !== '';
    const isLeftOut = mayBeLeftOut && this.#dice.oneIn(3) && !(isNonNullType(type) && preset === '' && !hasDefault);
    if (!isLeftOut)
      this.variables[name] = preset && !strict && !isNonNullType(type) && this.#dice.oneIn(6) ? null : value;
    return `$${name}`;
  }

  #directives(): string {
    if (!this.#dice.oneIn(6)) return '';
    const one = (name: string) => ` @${name}(if: ${this.#condition()})`;
    if (this.#dice.oneIn(5)) return `${one('include')}${one('skip')}`;
    return one(this.#dice.pick(['include', 'skip']));
  }

  #condition(): string {
    if (this.#dice.oneIn(4)) return String(this.#dice.oneIn(2));
    const known = [...this.#declared].filter(([, type]) => type.startsWith('Boolean! =') || type === 'Boolean!');
    if (known.length > 0 && this.#dice.oneIn(2)) return `$${this.#dice.pick(known)[0]}`;
    const name = `${this.#mark}v${this.#declared.size}`;
    const preset = this.#dice.oneIn(3);
    this.#declared.set(name, preset ? `Boolean! = ${this.#dice.oneIn(2)}` : 'Boolean!');
    if (!preset || this.#dice.oneIn(2)) this.variables[name] = this.#dice.oneIn(2);
    return `$${name}`;
  }

  /** Types whose objects may stand where the given type does, and what those implement. */
  #overlapping(type: GraphQLCompositeType): GraphQLCompositeType[] {
    if (this.#size.unparted?.includes(type.name)) return [type];
    const objects = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    const above = Object.values(this.#schema.getTypeMap()).filter(
      (one) => isAbstractType(one) && objects.some((object) => this.#schema.isSubType(one, object)),
    );
    return [...objects, ...objects, ...(above as GraphQLCompositeType[])];
  }

  #inline(type: GraphQLCompositeType, depth: number): string {
    if (this.#dice.oneIn(5)) return `...${this.#directives()} ${this.#selection(type, depth + 0.5)}`;
    const target = this.#dice.pick(this.#overlapping(type));
    return `... on ${target.name}${this.#directives()} ${this.#selection(target, depth + 0.5)}`;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const overlapping = this.#overlapping(type);
    const known = this.#fragments.filter((fragment) => overlapping.includes(fragment.type));
    if (known.length > 0 && this.#dice.oneIn(2)) return `...${this.#dice.pick(known).name}${this.#directives()}`;
    const target = this.#dice.pick(overlapping);
    const name = `${target.name}${this.#mark}${this.#names++}`;
    const body = this.#selection(target, depth + 0.5);
    this.#bodies.push(`fragment ${name} on ${target.name} ${body}`);
    // Known only now, so that none is within itself.
    if (isObjectType(target) || isInterfaceType(target)) this.#fragments.push({ name, type: target });
    return `...${name}${this.#directives()}`;
  }
}

/** A document of one operation or two, and the variables of the one that is to run. Most of them are valid. */
export function randomDocument(dice: Dice, schema: GraphQLSchema, size: Size): RandomDocument {
  const kind = schema.getMutationType() && dice.oneIn(8) ? 'mutation' : 'query';
  const main = new OperationWriter(dice, schema, size, 'x');
  const text = main.write(kind, 'Main');
  if (!dice.oneIn(8))
    return { query: text, variables: main.variables, ...(dice.oneIn(2) ? { operationName: 'Main' } : {}) };
  const other = new OperationWriter(dice, schema, size, 'y').write('query', 'Other');
  const query = dice.oneIn(2) ? `${other}\n${text}` : `${text}\n${other}`;
  return { query, operationName: 'Main', variables: main.variables };
}
