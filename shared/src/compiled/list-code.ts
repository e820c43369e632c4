import type { Complete, Execution, Place } from './execution.ts';
import { functionCode } from './function-code.ts';

export interface ListParts {
  readonly placeAt: (holder: Place, key: string | number) => Place;
  /** For an item that is an object, and no promise and no error. */
  readonly object: Complete | undefined;
  readonly item: (execution: Execution, list: Place, index: number, value: unknown) => unknown;
  readonly caught: (execution: Execution, list: Place, index: number, error: unknown) => null;
  /** Throws: this is no list. */
  readonly refuse: () => never;
}

const objectTest = '(typeof it === "object" && it !== null && typeof it.then !== "function" && !(it instanceof Error))';

const sourceOf = (hasObject: boolean): string => `"use strict";
return function list(execution, place, holder, key, value) {
  if (typeof value !== "object" || typeof value[Symbol.iterator] !== "function") refuse();
  if (place === undefined) place = placeAt(holder, key);
  const items = place.value = [];
  let index = 0;
  for (const it of value) {
    try {
      items.push(${hasObject ? `${objectTest} ? object(execution, undefined, place, index, it) : ` : ''}item(execution, place, index, it));
    } catch (error) {
      items.push(caught(execution, place, index, error));
    }
    index++;
  }
  return items;
};`;

/** A loop of its own for each list of an operation, so that V8 learns what comes in this one. */
export const listCode = (parts: ListParts): Complete =>
  functionCode(sourceOf(parts.object !== undefined), { ...parts }) as Complete;
