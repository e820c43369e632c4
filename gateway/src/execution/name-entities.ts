import type { Growth, Tree } from './answer-tree.ts';
import { plainFieldsOf } from './plain-fields.ts';
import type { EntityCall, Path } from './plan.ts';
import { keyOf, representationOf } from './representations.ts';
import { applyRewrites } from './rewrites.ts';
import { visitTargets } from './targets.ts';
import type { TypeRelations } from './type-relations.ts';

/** The entities that a call completes, each named once. */
export interface Named {
  readonly call: EntityCall;
  readonly representations: Tree[];
  readonly targets: Tree[];
  /** Which representation is that of each target. */
  readonly indexes: number[];
  /** By which of the call's paths each target was found. */
  readonly paths: number[];
  /** How many copies had been taken of parts of the answer by then. */
  readonly copied: number;
}

/** An answer that grows, and what must be known of the types of its entities. */
export interface Growing {
  readonly types: TypeRelations;
  /** What was answered so far. */
  readonly data: Tree;
  readonly growth: Growth;
}

/** Whether two objects say the same, and neither holds others, which might grow apart. */
function areAlike(one: Tree, other: Tree): boolean {
  let names = 0;
  for (const name in one) {
    const value = one[name];
    if (value !== other[name] || (typeof value === 'object' && value !== null)) return false;
    names += 1;
  }
  for (const _ in other) names -= 1;
  return names === 0;
}

class NamingCall {
  readonly named: Named;
  readonly #run: Growing;
  readonly #indexOf = new Map<string, number>();
  readonly #seen = new Set<Tree>();

  constructor(call: EntityCall, run: Growing) {
    this.named = { call, representations: [], targets: [], indexes: [], paths: [], copied: run.growth.copies.length };
    this.#run = run;
  }

  /** Of several objects at the same place of the operation that only name the same entity, one stays, in all places. */
  visit(path: Path, pathIndex: number): void {
    const { shared } = this.#run.growth;
    const firsts: Tree[] = [];
    visitTargets(this.#run.data, path, this.#run.types, (target, holder, key) => {
      if (shared.size > 0 && this.#seen.has(target)) return;
      const index = this.#name(target);
      if (index === undefined) return;
      const first = firsts[index];
      if (first !== undefined && areAlike(target, first)) {
        holder[key] = first;
        shared.add(first);
        this.#seen.add(first);
        return;
      }
      firsts[index] ??= target;
      this.#seen.add(target);
      this.named.targets.push(target);
      this.named.indexes.push(index);
      this.named.paths.push(pathIndex);
    });
  }

  #name(target: Tree): number | undefined {
    const { call, representations } = this.named;
    const plain = plainFieldsOf(call, target, this.#run.types);
    let key = plain?.keyOf(target);
    const known = key === undefined ? undefined : this.#indexOf.get(key);
    if (known !== undefined) return known;
    const representation = representationOf(target, call.requires, this.#run.types);
    if (!representation) return undefined;
    key ??= keyOf(representation);
    const same = this.#indexOf.get(key);
    if (same !== undefined) return same;
    if (call.inputRewrites.length > 0) applyRewrites(representation, call.inputRewrites, this.#run.types);
    const index = representations.push(representation) - 1;
    this.#indexOf.set(key, index);
    return index;
  }
}

/** Names the entities that a call is to complete. */
export function nameEntities(call: EntityCall, run: Growing): Named {
  const naming = new NamingCall(call, run);
  for (const [index, path] of call.paths.entries()) naming.visit(path, index);
  return naming.named;
}

/** Adds the copies that were taken of targets since they were named, by other answers that came before theirs. */
export function followCopies({ targets, indexes, paths, copied }: Named, { copies }: Growth): void {
  if (copies.length === copied) return;
  const at = new Map(targets.map((target, index) => [target as object, index]));
  for (const [part, copy] of copies.slice(copied)) {
    const found = at.get(part);
    if (found === undefined || at.has(copy)) continue;
    at.set(copy, targets.push(copy as Tree) - 1);
    indexes.push(indexes[found] as number);
    paths.push(paths[found] as number);
  }
}
