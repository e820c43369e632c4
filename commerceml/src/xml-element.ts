/** A small part of an XML document that is held in memory: one good, one offer, the tree of groups. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  text = '';

  constructor(
    readonly name: string,
    readonly attributes: Readonly<Record<string, string>>,
    readonly line: number,
  ) {}

  child(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** The children of a list element: `list('Группы', 'Группа')`. */
  list(name: string, item: string): XmlElement[] {
    return this.children.filter((child) => child.name === name).flatMap((list) => list.all(item));
  }

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** Trimmed text of a child; undefined when it is absent or empty. */
  value(name: string): string | undefined {
    return this.child(name)?.text.trim() || undefined;
  }
}

/** 1C writes truth in these ways. */
export const isTrue = (text: string | undefined) => /^(true|1|да|истина)$/i.test(text?.trim() ?? '');
