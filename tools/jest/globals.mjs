// What tests import as `@jest/globals`. Modules stay loaded from one test file to the next, so these are bindings that change.
export let afterAll;
export let afterEach;
export let beforeAll;
export let beforeEach;
export let describe;
export let expect;
export let it;
export let jest;
export let test;

/** Gives those who imported them the functions of the test file that is about to be loaded. */
export function setGlobals(functions) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = functions);
}
