import { glob } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@gastronom/shared/env';
import { definedEvents } from '@gastronom/shared/jobs/event';
import type { MessageDefinition, SubgraphDefinition } from '@gastronom/shared/subgraph';
import { z } from 'zod';

const folder = join(projectRoot, 'docs', 'events');

interface Described {
  /** Where it is kept, in the folder. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly data: z.ZodType;
}

const kebab = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();

/** Every file that defines an event, as it is compiled, by the subgraph that publishes it. */
async function listEventFiles(): Promise<{ path: string; subgraph: string }[]> {
  const found: { path: string; subgraph: string }[] = [];
  for await (const path of glob('subgraphs/*/dist/**/*.event.js', { cwd: projectRoot }))
    found.push({ path: join(projectRoot, path), subgraph: path.split(sep)[1] ?? '' });
  return found.toSorted((a, b) => a.path.localeCompare(b.path));
}

/** The events of ours. Also one that nobody publishes yet is in the catalogue: others may build on it. */
async function listEvents(): Promise<Described[]> {
  const described: Described[] = [];
  for (const { path, subgraph } of await listEventFiles()) {
    await import(pathToFileURL(path).href);
    const event = definedEvents().find(({ type }) => `${kebab(type)}.event.js` === basename(path));
    if (!event) throw new Error(`${path} defines no event of its name`);
    const { type, version, data } = event;
    const description = `The data of the event ${type}, published by ${subgraph}. See docs/EVENTS.md.`;
    described.push({ name: `${type}.${version}.json`, title: `${type} ${version}`, description, data });
  }
  return described;
}

const ofMessage = ({ type, version, description, shown }: MessageDefinition): Described => ({
  name: join('webhooks', `${type}.${version}.json`),
  title: `${type} ${version}`,
  description: `The data of the webhook ${type}. ${description} See docs/WEBHOOKS.md.`,
  data: shown,
});

/** What a format says already is not said again by a pattern; and fields may be added. */
function plainer({
  jsonSchema,
}: {
  jsonSchema: { format?: string; pattern?: string; additionalProperties?: unknown };
}) {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

const printed = ({ title, description, data }: Described): string => {
  const { $schema, ...schema } = z.toJSONSchema(data, { unrepresentable: 'any', override: plainer });
  return `${JSON.stringify({ $schema, title, description, ...schema }, null, 2)}\n`;
};

/** The JSON Schemas of all that is told, by the files in which they are checked in. */
export async function eventSchemas(definitions: readonly SubgraphDefinition[]): Promise<Map<string, string>> {
  const messages = definitions.flatMap((definition) => definition.messages ?? []).map(ofMessage);
  return new Map([...(await listEvents()), ...messages].map((one) => [join(folder, one.name), printed(one)]));
}
