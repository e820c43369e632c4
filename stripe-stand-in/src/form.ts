/** What a form holds: texts, lists and records of them. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = Readonly<Record<string, FormValue>>;

type Node = { [key: string]: Node | string };

const asValue = (node: Node | string): FormValue => {
  if (typeof node === 'string') return node;
  const keys = Object.keys(node);
  const values = Object.fromEntries(keys.map((key) => [key, asValue(node[key] ?? '')]));
  return keys.length > 0 && keys.every((key, index) => key === String(index)) ? Object.values(values) : values;
};

/** Reads `a[b]=1&a[c][0]=2`, as Stripe is sent its parameters. */
export function readForm(text: string): Form {
  const root: Node = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? '';
    let node = root;
    for (const part of path) {
      const next = node[part];
      const inner: Node = typeof next === 'object' ? next : {};
      node[part] = inner;
      node = inner;
    }
    // `expand[]=x` once more: the next of a list.
    if (last === path.at(-1) && name.endsWith('[]')) node[String(Object.keys(node).length)] = value;
    else node[last] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([key, node]) => [key, asValue(node)]));
}

export const textOf = (form: Form, name: string): string | undefined => {
  const value = form[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const numberOf = (form: Form, name: string): number | undefined => {
  const text = textOf(form, name);
  return text === undefined ? undefined : Number(text);
};

export const metadataOf = (form: Form): Record<string, string> => {
  const value = form.metadata;
  if (typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
};

export const expandOf = (form: Form): string[] => (Array.isArray(form.expand) ? form.expand.map(String) : []);
