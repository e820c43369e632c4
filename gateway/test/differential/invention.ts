import {
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { type Conduct, numberOf } from './conduct.ts';
import type { Facts, FieldFacts } from './facts.ts';

/** An object of the invented world. */
export interface Thing {
  /** Its object type. */
  readonly type: string;
  /** What it is: `Product:3`, or `Product:3/size` of what has no name of its own. */
  readonly at: string;
  /** How the gateway named it to the subgraph that answers. */
  readonly given?: Readonly<Record<string, unknown>> | undefined;
}

/** What a subgraph says that the gateway has misused. */
export class MisuseError extends Error {}

type Arguments = Readonly<Record<string, unknown>>;

const entities = 12;

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && 'at' in value;

/** Values alone, in an order that does not depend on how they were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .map(([key, one]) => `${key}:${canonical(one)}`)
    .sort()
    .join()}}`;
}

/**
 * Makes up what any field of any thing is: of the seed, the thing, the field and its arguments alone, so that it is the
 * same whoever is asked, and in whatever order.
 */
export class Invention {
  readonly #facts: Facts;
  readonly #conduct: Conduct;

  constructor(facts: Facts, conduct: Conduct) {
    this.#facts = facts;
    this.#conduct = conduct;
  }

  readonly root = (type: string): Thing => ({ type, at: type });

  entity(pool: string, number: number): Thing {
    const types = this.#facts.pools.get(pool)?.types ?? [pool];
    return { type: types[number % types.length] ?? pool, at: `${this.#facts.pools.get(pool)?.name ?? pool}:${number}` };
  }

  /** The entity that a representation names, by whichever of its keys. */
  named(representation: Readonly<Record<string, unknown>>): Thing {
    const type = String(representation.__typename);
    for (const key of this.#facts.keysOf(type)) {
      const digits = this.#leafOf(type, key, representation);
      if (digits !== undefined) return { ...this.entity(type, digits), given: representation };
    }
    throw new MisuseError(`no key is in ${JSON.stringify(representation)}`);
  }

  isLost = (subgraph: string, at: string): boolean =>
    this.#conduct.losses &&
    // What an entity holds is lost with it, and not by itself.
    !at.includes('/') &&
    this.#facts.mayLack(subgraph, at.split(':')[0] ?? '') &&
    numberOf(this.#conduct.seed, 'lost', subgraph, at) % 5 === 0;

  /** What a field is, if its subgraph tells the truth; throws where it fails. */
  valueOf(thing: Thing, field: string, args: Arguments): unknown {
    const facts = this.#facts.field(thing.type, field);
    if (facts.owners.some((owner) => this.isLost(owner, thing.at)) && !this.#isKey(thing, field)) return null;
    const need = facts.requires ? canonical(this.#evaluate(thing, facts.requires)) : '';
    return this.told(thing, field, args, need);
  }

  /** What a subgraph says of a field, given what it has been told of others. */
  told(thing: Thing, field: string, args: Arguments, need: string): unknown {
    const facts = this.#facts.field(thing.type, field);
    this.#mayThrow(thing, field, facts);
    const place = `${thing.at}/${field}(${Object.keys(args).length > 0 ? canonical(args) : ''}${need})`;
    return this.#value(place, thing, field, facts, facts.type);
  }

  /** The required part of a representation; undefined where it does not hold all of it. */
  need(given: unknown, selection: SelectionSetNode): string | undefined {
    const picked = pick(given, selection);
    return picked === undefined ? undefined : canonical(picked);
  }

  #isKey = (thing: Thing, field: string): boolean => this.#facts.keys.has(`${thing.type}.${field}`);

  #mayThrow(thing: Thing, field: string, { type, agreed }: FieldFacts): void {
    const place = `${thing.type}.${field}`;
    if (!this.#conduct.throws || this.#isKey(thing, field)) return;
    // What others need may be null, but does not take the rest of its answer with it.
    if (type.kind === Kind.NON_NULL_TYPE && (!agreed || this.#facts.required.has(place))) return;
    const fate = numberOf(this.#conduct.seed, 'throws', thing.at, field);
    if (fate % (type.kind === Kind.NON_NULL_TYPE ? 60 : 14) !== 0) return;
    const coded = fate % 3 === 0 ? {} : { code: 'BROKEN', detail: { at: thing.at } };
    throw new GraphQLError(`${field} of ${thing.at} is broken`, { extensions: coded });
  }

  #value(place: string, thing: Thing, field: string, facts: FieldFacts, type: TypeNode): unknown {
    const fate = numberOf(this.#conduct.seed, place);
    if (type.kind === Kind.NON_NULL_TYPE) {
      if (this.#conduct.lies && !this.#isKey(thing, field) && fate % 50 === 0) return null;
      const value = this.#value(`${place}!`, thing, field, facts, type.type);
      return value === null ? this.#value(`${place}!!`, thing, field, facts, type.type) : value;
    }
    if (fate % 8 === 0 && !place.includes('!!')) return null;
    if (type.kind === Kind.LIST_TYPE)
      return Array.from({ length: fate % 5 }, (_, i) =>
        this.#value(`${place.replace(/!+$/, '')}[${i}]`, thing, field, facts, type.type),
      );
    return this.#named(type.name.value, place.replace(/!+$/, ''), thing, field, facts);
  }

  #named(name: string, place: string, thing: Thing, field: string, { possible }: FieldFacts): unknown {
    const fate = numberOf(this.#conduct.seed, place, 'value');
    const kind = this.#kindOf(name);
    if (kind === 'enum') {
      const values = [...possible].filter((one) => this.#conduct.lies || one !== 'UNLISTED');
      return values[fate % values.length];
    }
    if (kind === 'leaf') return this.#leaf(name, fate, thing, field);
    const types = [...possible];
    const type = types[fate % types.length] ?? name;
    const pool = this.#facts.pools.get(type);
    if (!pool) return { type, at: place } satisfies Thing;
    // Those of one type stand at every so many numbers of their pool.
    const step = pool.types.length;
    const turn = Math.floor(fate / 64) % Math.floor(entities / step);
    return this.entity(type, turn * step + pool.types.indexOf(type));
  }

  #kindOf(name: string): 'enum' | 'leaf' | 'object' {
    for (const schema of this.#facts.schemas.values()) {
      const type = schema.getType(name);
      if (!type) continue;
      if ('getValues' in type) return 'enum';
      return 'getFields' in type || 'getTypes' in type ? 'object' : 'leaf';
    }
    return 'leaf';
  }

  #leaf(name: string, fate: number, thing: Thing, field: string): unknown {
    const number = /:(\d+)/.exec(thing.at)?.[1];
    if (number !== undefined && this.#isKey(thing, field))
      return name === 'Int' ? Number(number) : name === 'ID' ? number : `${field}-${number}`;
    if (name === 'Int') return (fate % 2_000) - 1_000;
    if (name === 'Float') return fate % 3 === 0 ? fate % 100 : (fate % 10_000) / 8;
    if (name === 'Boolean') return fate % 2 === 0;
    if (name.toLowerCase() === 'json') return [{ a: [1, null, { b: 'x' }] }, [], 'text', 3.5, true, {}][fate % 6];
    return ['', 'ы👩‍👩‍👧‍👦', `${field}-${fate % 1_000}`, `"${fate % 10}"\n`, `${fate}`][fate % 5];
  }

  /** The number in the first leaf of a key that is the thing’s own. */
  #leafOf(type: string, key: SelectionSetNode, value: Readonly<Record<string, unknown>>): number | undefined {
    for (const one of key.selections) {
      if (one.kind !== Kind.FIELD) continue;
      const below = value[one.name.value];
      if (typeof below === 'string' || typeof below === 'number') {
        const digits = /\d+$/.exec(String(below))?.[0];
        if (digits) return Number(digits);
      }
      if (!one.selectionSet || typeof below !== 'object' || below === null) continue;
      const concrete = this.#facts.knows(type, one.name.value) ? type : (this.#facts.pools.get(type)?.types[0] ?? type);
      const known = this.#facts.field(concrete, one.name.value);
      const [target] = [...known.possible];
      if (!target || this.#facts.pools.has(target)) continue;
      const found = this.#leafOf(target, one.selectionSet, below as Record<string, unknown>);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #evaluate(value: unknown, selection: SelectionSetNode): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#evaluate(one, selection));
    if (!isThing(value)) return value;
    const fields = selection.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD);
    return Object.fromEntries(fields.map((one) => [one.name.value, this.#required(value, one)]));
  }

  #required(thing: Thing, node: FieldNode): unknown {
    const value = this.#orNull(() => this.valueOf(thing, node.name.value, this.#argumentsOf(thing, node)));
    return node.selectionSet ? this.#evaluate(value, node.selectionSet) : value;
  }

  #orNull(read: () => unknown): unknown {
    try {
      return read();
    } catch (error) {
      if (error instanceof GraphQLError) return null;
      throw error;
    }
  }

  #argumentsOf(thing: Thing, node: FieldNode): Arguments {
    const { owners } = this.#facts.field(thing.type, node.name.value);
    const type = this.#facts.schemas.get(owners[0] ?? '')?.getType(thing.type);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    return field ? getArgumentValues(field, node) : {};
  }
}

function pick(value: unknown, selection: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((one) => pick(one, selection));
  if (typeof value !== 'object' || value === null) return value;
  const picked: [string, unknown][] = [];
  for (const one of selection.selections) {
    if (one.kind !== Kind.FIELD) continue;
    const below = (value as Record<string, unknown>)[one.name.value];
    const part = below !== undefined && one.selectionSet ? pick(below, one.selectionSet) : below;
    if (part === undefined) return undefined;
    picked.push([one.name.value, part]);
  }
  return Object.fromEntries(picked);
}
