import { type ExecutionResult, type FieldNode, type GraphQLError, locatedError } from 'graphql';

type Key = string | number;

/** Where a result that was made in this process names the objects in it that stand in several places of it. */
export const sharedParts: unique symbol = Symbol('shared parts');

export interface SharedResult extends ExecutionResult {
  [sharedParts]?: ReadonlySet<object>;
}

/** Where a value stands in the answer. A field's place is also what `info.path` is to a resolver. */
export class Place {
  readonly holder: Place | undefined;
  readonly key: Key;
  /** The type that has the field; none for an item of a list. */
  readonly typename: string | undefined;
  readonly nullable: boolean;
  /** The object or list that was made for this place; its own values are put into it as they come. */
  value: Record<Key, unknown> | unknown[] | undefined = undefined;
  /** What of it became null by an error. */
  nulled: Set<Key> | undefined = undefined;

  constructor(holder: Place | undefined, key: Key, typename: string | undefined, nullable: boolean) {
    this.holder = holder;
    this.key = key;
    this.typename = typename;
    this.nullable = nullable;
  }

  get prev(): Place | undefined {
    return this.holder?.holder ? this.holder : undefined;
  }
}

/** What is known of a place before there is a value. */
export interface Position {
  readonly nodes: readonly FieldNode[];
  readonly typename: string | undefined;
  readonly nullable: boolean;
}

/** Makes of a resolved value what the answer shows: undefined, while it is waited for; throws what went wrong. */
export type Complete = (
  execution: Execution,
  place: Place | undefined,
  holder: Place,
  key: Key,
  value: unknown,
) => unknown;

export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

function pathTo(holder: Place, key: Key): Key[] {
  const path = [key];
  for (let place = holder; place.holder; place = place.holder) path.push(place.key);
  return path.reverse();
}

/** One run of a compiled operation: what it was given, what went wrong, and how much it still waits for. */
export class Execution {
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly variableValues: Record<string, unknown>;
  readonly root = new Place(undefined, '', undefined, true);
  readonly errors: GraphQLError[] = [];
  /** Arguments by field, worked out once for all objects that have it. */
  readonly args: (Record<string, unknown> | undefined)[] = [];
  /** Counts what a second look might answer otherwise: methods, resolvers, promises, errors. */
  unsure = 0;
  /** Answers that stand in several places: one source, read by one selection, gives one object. */
  shared: Set<object> | undefined = undefined;
  /** Nothing of the answer is left. */
  failed = false;
  private readonly made: (Map<unknown, object> | undefined)[] = [];
  private waiting = 0;
  private wake: (() => void) | undefined;

  constructor(rootValue: unknown, contextValue: unknown, variableValues: Record<string, unknown>) {
    this.rootValue = rootValue;
    this.contextValue = contextValue;
    this.variableValues = variableValues;
  }

  get isWaiting(): boolean {
    return this.waiting > 0 && !this.failed;
  }

  /** Until nothing is waited for any more. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** What this selection made of the source before, if it made it of properties alone. */
  known(selection: number, source: unknown): object | undefined {
    const answer = this.made[selection]?.get(source);
    if (answer === undefined) return undefined;
    this.shared ??= new Set();
    this.shared.add(answer);
    return answer;
  }

  keep(selection: number, source: unknown, answer: object): void {
    this.made[selection] ??= new Map();
    this.made[selection].set(source, answer);
  }

  forget(): void {
    this.made.length = 0;
  }

  answer(): ExecutionResult {
    const data = this.failed ? null : (this.root.value as Record<string, unknown>);
    const result: SharedResult = this.errors.length === 0 ? { data } : { errors: this.errors, data };
    if (this.shared) result[sharedParts] = this.shared;
    return result;
  }

  /** Puts a value at its place once it is there. */
  wait(place: Place, position: Position, promise: PromiseLike<unknown>, complete: Complete): undefined {
    this.waiting++;
    this.unsure++;
    const holder = place.holder as Place;
    const { key } = place;
    // A thenable of somebody's own may call back at once, when there is nothing yet to put the value into.
    const native = promise instanceof Promise ? promise : Promise.resolve(promise);
    native.then(
      (value) => {
        try {
          const completed = complete(this, place, holder, key, value);
          if (completed !== undefined) put(holder, key, completed);
        } catch (error) {
          this.nullify(place, position, error);
        }
        this.settle();
      },
      (error) => {
        this.nullify(place, position, error);
        this.settle();
      },
    );
    return undefined;
  }

  /** What went wrong at a place, before its holder was made: null where the type allows it, else the holder's concern. */
  caught(holder: Place, key: Key, position: Position, thrown: unknown): null {
    this.unsure++;
    const error = locatedError(thrown, position.nodes, pathTo(holder, key));
    if (!position.nullable) throw error;
    this.record(holder, key, error);
    return null;
  }

  /** The whole answer is null. */
  fail(error: unknown): void {
    if (this.failed) return;
    this.failed = true;
    this.errors.push(locatedError(error, undefined));
  }

  /** What went wrong at a place whose holder is made: the nearest place that may be null becomes null. */
  private nullify(place: Place, position: Position, thrown: unknown): void {
    const error = locatedError(thrown, position.nodes, pathTo(place.holder as Place, place.key));
    let at = place;
    while (!at.nullable) at = at.holder as Place;
    if (!at.holder) {
      this.fail(error);
      return;
    }
    this.record(at.holder, at.key, error);
    put(at.holder, at.key, null);
  }

  /** An error at a place that is null already, or in it, is told no more. */
  private record(holder: Place, key: Key, error: GraphQLError): void {
    if (this.failed) return;
    for (let at: Place | undefined = holder, name = key; at; name = at.key, at = at.holder) {
      if (at.nulled?.has(name)) return;
    }
    holder.nulled ??= new Set();
    holder.nulled.add(key);
    this.errors.push(error);
  }

  private settle(): void {
    this.waiting--;
    if (this.waiting === 0 || this.failed) this.wake?.();
  }
}

/** A holder that an error kept from being made has no value: nobody will see what was meant for it. */
function put(holder: Place, key: Key, value: unknown): void {
  if (holder.value) (holder.value as Record<Key, unknown>)[key] = value;
}
