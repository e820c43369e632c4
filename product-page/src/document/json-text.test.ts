import { describe, expect, it } from '@jest/globals';
import { parseJsonText } from './json-text.ts';

describe('JSON of pages', () => {
  it.each([
    ['as it should be', '{"price": "9.90"}'],
    ['with a comma too many', '{"price": "9.90",}'],
    ['in an HTML comment', '<!-- {"price": "9.90"} -->'],
    ['in a CDATA section', '//<![CDATA[\n{"price": "9.90"}\n//]]>'],
    ['ended as a statement', '{"price": "9.90"};'],
    ['with quotation marks as entities', '{&quot;price&quot;: &quot;9.90&quot;}'],
    ['with keys that are not quoted', "{price: '9.90'}"],
    ['with comments', '{/* gross */ "price": "9.90"}'],
  ])('reads it %s', (_, text) => {
    expect(parseJsonText(text)).toEqual({ price: '9.90' });
  });

  it('reads texts with raw line breaks', () => {
    expect(parseJsonText('{"name": "Rye\n\tbread"}')).toEqual({ name: 'Rye bread' });
  });

  it.each([
    ['breaks off in a number', '{"price": 12'],
    ['breaks off in a text', '{"price": "12'],
    ['is no JSON', 'window.location = "/"'],
    ['is empty', ''],
  ])('leaves alone what %s', (_, text) => {
    expect(parseJsonText(text)).toBeUndefined();
  });

  it('leaves alone what is nested deeper than can be repaired', () => {
    expect(parseJsonText(`${'{"a":'.repeat(50_000)},}`)).toBeUndefined();
  });
});
