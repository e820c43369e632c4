import { type ErrorCode, errorCodes } from '@gastronom/shared/domain-error';
import { errorMeanings } from '@gastronom/shared/error-meanings';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isEnumType, isObjectType } from 'graphql';
import { isInaccessible, type NamedSchema } from './permissions-page.ts';

const introduction = `# Errors

Written by \`pnpm manage schema print\`; \`pnpm manage schema check\`, and with it CI, fails where it is not of the code. Act on codes, never on messages: those are for people and change.

**GraphQL.** What is wrong with the input of a mutation is data: \`userErrors { code field message }\` in its payload, and \`errors\` on the rows of a batch. Everything else is a top-level error; the fields that did not fail are answered beside it:

\`\`\`json
{"errors": [{"message": "…", "path": ["product", "stock"], "extensions": {"code": "FORBIDDEN", "error": "ForbiddenError", "status": 403, "timestamp": "2026-01-14T09:30:00.000Z", "requestId": "…"}}]}
\`\`\`

**REST endpoints** answer the status with

\`\`\`json
{"error": "NotFoundError", "message": "…", "status": 404, "timestamp": "2026-01-14T09:30:00.000Z", "requestId": "…"}
\`\`\`

The endpoint of 1C's own exchange protocol answers in that protocol's words (\`failure\` and a line of text), as 1C reads nothing else.

## Requests and fields

| code | status | \`error\` | means | what to do |
|---|---|---|---|---|
`;

const between = (title: string, text: string) => `
## ${title}

${text}

| subgraph | answered by | code | means |
|---|---|---|---|
`;

const topLevel = (): string[] =>
  (Object.keys(errorCodes) as ErrorCode[])
    .map((code) => ({ code, ...errorCodes[code], ...errorMeanings[code] }))
    .toSorted((a, b) => a.status - b.status)
    .map(({ code, status, error, means, todo }) => `| \`${code}\` | ${status} | \`${error}\` | ${means} | ${todo} |`);

export interface DescribedCode {
  readonly code: string;
  readonly meaning: string;
}

/** The codes that a description lists, as `describeCodes` writes it. */
export const codesIn = (description: string): DescribedCode[] =>
  [...description.matchAll(/^- `([A-Z][A-Z_]+)`: (.+)$/gm)].map(([, code = '', meaning = '']) => ({ code, meaning }));

export interface AnsweredCode extends DescribedCode {
  readonly subgraph: string;
  /** The mutations whose payload it stands in; of a row's code, its type. */
  readonly answeredBy: readonly string[];
}

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(isObjectType);

/** The codes of `userErrors`, by the mutations that answer them. */
export const userErrorCodesOf = ({ name: subgraph, schema }: NamedSchema): AnsweredCode[] =>
  objectTypes(schema).flatMap((type) => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const all = mutations.filter((field) => getNamedType(field.type) === type);
    const inApi = all.filter((field) => !isInaccessible(field));
    const answeredBy = (inApi.length > 0 ? inApi : all).map(({ name }) => name);
    const codes = codesIn(type.getFields().userErrors?.description ?? '');
    return codes.map((code) => ({ ...code, subgraph, answeredBy }));
  });

/** What a field `code` may say: the values of its enum, or what its description lists. */
function codesOf(type: GraphQLObjectType): DescribedCode[] {
  const field = type.getFields().code;
  const named = field && getNamedType(field.type);
  if (isEnumType(named))
    return named.getValues().map(({ name, description }) => ({ code: name, meaning: description ?? '' }));
  return codesIn(field?.description ?? '');
}

/** The codes of types other than \`UserError\` that have some: those of rows, of deliveries, and of carts. */
export const rowCodesOf = ({ name: subgraph, schema }: NamedSchema): AnsweredCode[] =>
  objectTypes(schema).flatMap((type) =>
    codesOf(type).map((code) => ({ ...code, subgraph, answeredBy: [`${type.name}.code`] })),
  );

const rowsOf = (codes: readonly AnsweredCode[]): string[] =>
  codes.map(({ subgraph, answeredBy, code, meaning }) => {
    const places = answeredBy.map((place) => `\`${place}\``).join(', ');
    return `| ${subgraph} | ${places} | \`${code}\` | ${meaning} |`;
  });

/** docs/ERRORS.md. */
export function errorsPage(subgraphs: readonly NamedSchema[]): string {
  const input = between(
    'Input of mutations',
    '`userErrors { code field message }`. Nothing was changed, unless it says otherwise.',
  );
  const rows = between(
    'Rows, deliveries and findings',
    'What was wrong with one row of a batch, or with one delivery of 1C, while others were taken; and what there is to say of a cart before it is ordered.',
  );
  return [
    introduction + topLevel().join('\n'),
    input + rowsOf(subgraphs.flatMap(userErrorCodesOf)).join('\n'),
    `${rows + rowsOf(subgraphs.flatMap(rowCodesOf)).join('\n')}\n`,
  ].join('\n');
}
