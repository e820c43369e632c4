import { readFileSync } from 'node:fs';
import { permissionsPath } from '../../src/composition.ts';

/** A line of docs/PERMISSIONS.md, as it is checked in. */
export interface ClassedField {
  readonly subgraph: string;
  readonly type: string;
  readonly field: string;
  readonly who: string;
  readonly inApi: boolean;
}

/** The table that reviewers read: what a test expects is taken from there, not from the rules that it tries. */
export function readPermissionsTable(): ClassedField[] {
  let subgraph = '';
  const fields: ClassedField[] = [];
  for (const line of readFileSync(permissionsPath, 'utf8').split('\n')) {
    subgraph = /^## (.+)$/.exec(line)?.[1] ?? subgraph;
    const [, type, field, who, inApi] = /^\| `(\w+)\.(\w+|\*)` \| (.+) \| (yes|no) \|$/.exec(line) ?? [];
    if (type && field && who) fields.push({ subgraph, type, field, who, inApi: inApi === 'yes' });
  }
  return fields;
}
