import { functionCode } from '@gastronom/shared/compiled/function-code';
import { GraphQLError } from 'graphql';
import type { Write, Writing } from './answer-writer.ts';
import type { LeafText } from './leaf-text.ts';

/** A field of an object, as it is written. */
export interface WrittenField {
  /** What the client calls it. */
  readonly name: string;
  /** Under which subgraphs answered it. */
  readonly key: string;
  readonly nullable: boolean;
  /** Where it stands, for errors: `field T.f`. */
  readonly at: string;
  readonly value:
    | { readonly kind: 'leaf'; readonly text: LeafText }
    | { readonly kind: 'composite'; readonly write: Write }
    /** The same for every object, or nothing: then the object cannot be written. */
    | { readonly kind: 'constant'; readonly text: string | undefined }
    | { readonly kind: 'introspection' };
}

type Trouble = (writing: Writing, name: string, message: string) => undefined;

const trouble: Trouble = ({ errors, path }, name, message) => {
  errors.push(new GraphQLError(message, { path: [...path, name] }));
};

/** Reads a field: names of fields are names in JavaScript too. Some names are those of what every object has. */
const read = (key: string): string =>
  key in {} ? `(Object.hasOwn(value, '${key}') ? value.${key} : undefined)` : `value.${key}`;

const missing = ({ name, nullable, at }: WrittenField): string =>
  nullable ? "text += 'null';" : `return trouble(writing, '${name}', 'Cannot return null for non-nullable ${at}.');`;

const unwritten = ({ nullable }: WrittenField): string => (nullable ? "text += 'null';" : 'return undefined;');

function valueCode(field: WrittenField, index: number): string {
  const { name, key, value, at } = field;
  switch (value.kind) {
    case 'constant':
      return value.text === undefined ? 'return undefined;' : `text += '${value.text}';`;
    case 'introspection':
      return `text += writing.introspection('${name}');`;
    case 'leaf':
      return `found = ${read(key)};
        if (found === null || found === undefined) { ${missing(field)} }
        else {
          part = ways[${index}](found);
          if (part !== undefined) text += part;
          else { trouble(writing, '${name}', 'Invalid value found for ${at}.'); ${unwritten(field)} }
        }`;
    case 'composite':
      return `found = ${read(key)};
        if (found === null || found === undefined) { ${missing(field)} }
        else {
          writing.path.push('${name}');
          part = ways[${index}](found, writing);
          writing.path.pop();
          if (part !== undefined) text += part;
          else { ${unwritten(field)} }
        }`;
  }
}

/**
 * Writes an object's fields by code of its own: reading a property by a name that stands in the code is several times
 * faster than by one that is looked up. Only names and texts of the schema and validated operations get into it.
 */
export function fieldsCode(fields: readonly WrittenField[]): Write {
  const ways = fields.map(({ value }) =>
    value.kind === 'leaf' ? value.text : value.kind === 'composite' && value.write,
  );
  const lines = fields.map((field, index) => {
    const label = `${index === 0 ? '' : ','}"${field.name}":`;
    return `text += '${label}'; ${valueCode(field, index)}`;
  });
  const code = `return (value, writing) => {
    let text = '{', found, part;
    ${lines.join('\n')}
    return text + '}';
  };`;
  return functionCode(code, { ways, trouble }) as Write;
}
