import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type ChunksSoFar, placeOf } from './next-chunk.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const long = bytes('<Товар><Ид>a-1</Ид></Товар>');

const hash = (content: Buffer) => createHash('sha256').update(content).digest();
const soFar = ({ first, last }: { first: Buffer; last: Buffer }): ChunksSoFar => ({
  firstLength: first.length,
  firstHash: hash(first),
  lastHash: hash(last),
});

describe('a piece of a file', () => {
  it('comes next when it is another, or nothing came before', () => {
    expect(placeOf(long, undefined)).toBe('NEXT');
    expect(placeOf(bytes('abcdefghijklmnopqrst'), soFar({ first: bytes('<?xml '), last: long }))).toBe('NEXT');
  });

  it('is a repetition when it is the same again, long and varied', () => {
    expect(placeOf(long, soFar({ first: bytes('<?xml '), last: long }))).toBe('REPEATED');
  });

  it('is a repetition when it is the short end of a file again, whatever is in it', () => {
    expect(placeOf(bytes('>'), soFar({ first: long, last: bytes('>') }))).toBe('REPEATED');
  });

  it.each(['нн', ' '.repeat(64), '\0'.repeat(4096)])('comes next where %j may well stand twice', (text) => {
    const piece = Buffer.from(text);
    expect(placeOf(piece, soFar({ first: Buffer.alloc(piece.length, 'x'), last: piece }))).toBe('NEXT');
  });

  it('begins the file anew when it is its first piece, or begins a document', () => {
    expect(placeOf(long, soFar({ first: long, last: bytes('other') }))).toBe('RESTART');
    expect(
      placeOf(bytes('<?xml version="1.0"?><a/>'), soFar({ first: bytes('<?xml version'), last: bytes('x') })),
    ).toBe('RESTART');
    expect(placeOf(bytes('\xef\xbb\xbf<?xml version="1.0"?>'), soFar({ first: long, last: bytes('x') }))).toBe(
      'RESTART',
    );
  });
});
