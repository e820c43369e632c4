import type { Element } from 'domhandler';

/** Names that a build made up, or that number things: they are others tomorrow. */
const isLasting = (name: string): boolean =>
  /^[a-z][a-z_-]*\d?$/i.test(name) &&
  name.length <= 40 &&
  !/(^|[_-])(active|hidden|visible|open|selected|js|is|has)([_-]|$)/i.test(name);

/** Of an element's classes those that say what it is first. */
const classesOf = ({ attribs }: Element): string[] => {
  const lasting = (attribs.class ?? '').split(/\s+/).filter((name) => name !== '' && isLasting(name));
  const isTelling = (name: string): boolean => /price|preis|prix|prezzo|precio/i.test(name);
  return [...lasting.filter(isTelling), ...lasting.filter((name) => !isTelling(name))];
};

/** CSS selectors that an element can be found by tomorrow as well, the plainest first. */
export function selectorsOf(element: Element): string[] {
  const { id, itemprop } = element.attribs;
  const test = element.attribs['data-testid'];
  const classes = classesOf(element);
  const [first] = classes;
  const parent = element.parent && 'attribs' in element.parent ? classesOf(element.parent)[0] : undefined;
  return [
    id !== undefined && isLasting(id) ? `#${id}` : null,
    test !== undefined && isLasting(test) ? `[data-testid="${test}"]` : null,
    itemprop !== undefined && isLasting(itemprop) ? `[itemprop="${itemprop}"]` : null,
    first === undefined ? null : `.${first}`,
    classes.length > 1 ? `.${classes.join('.')}` : null,
    first !== undefined && parent !== undefined ? `.${parent} .${first}` : null,
  ].filter((selector) => selector !== null);
}
