import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { unexplained } from './unexplained-gaps.ts';

type Path = (string | number)[];

const at = (path: Path | undefined) => new GraphQLError('…', path ? { path } : {});
const left = (gaps: Path[], errors: (Path | undefined)[], lost: Path[] = []) =>
  unexplained(gaps.map(at), errors.map(at), lost).map(({ path }) => path);

describe('gaps in an answer', () => {
  it('are explained by errors at them, above them and below them', () => {
    const gaps: Path[] = [['a'], ['b', 0], ['c', 1, 'd'], ['e']];

    expect(left(gaps, [['a'], ['b', 0, 'x', 'y'], ['c', 1]])).toEqual([['e']]);
    expect(left(gaps, [['b', 1], ['c', 10], ['ee']])).toEqual(gaps);
  });

  it('are explained by an error that names no place', () => {
    expect(left([['a'], ['b']], [['c'], undefined])).toEqual([]);
  });

  it('are explained where a subgraph answered nothing, whatever field it blamed', () => {
    expect(left([['a'], ['b', 'c']], [['x']], [[]])).toEqual([]);
    expect(
      left(
        [
          ['list', 0, 'a'],
          ['list', 1, 'a'],
        ],
        [['list', 0, 'x']],
        [['list', 0]],
      ),
    ).toEqual([['list', 1, 'a']]);
  });
});
