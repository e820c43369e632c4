import type { CategoryItem } from './row.ts';
import type { XmlElement } from './xml-element.ts';

const brandProperty = /^(производитель|бренд|торговая марка|марка)$/i;

/** Groups and the few properties that the catalogue has a field for. Of two files that name one group the first given wins. */
export class Classifier {
  readonly #paths = new Map<string, string[]>();
  readonly #categories = new Map<string, CategoryItem>();
  /** Brand property → its dictionary: value id → text. */
  readonly #brands = new Map<string, Map<string, string>>();

  addGroups(groups: XmlElement): void {
    this.#addGroups(groups.all('Группа'), []);
  }

  #addGroups(groups: readonly XmlElement[], parent: readonly string[]): void {
    for (const [sortOrder, group] of groups.entries()) {
      const externalId = group.value('Ид');
      const name = group.value('Наименование') ?? externalId;
      if (!externalId || !name) continue;
      const path = [...parent, name];
      if (!this.#paths.has(externalId)) {
        this.#paths.set(externalId, path);
        const key = path.join('\n');
        if (!this.#categories.has(key)) this.#categories.set(key, { path, externalId, sortOrder });
      }
      this.#addGroups(group.list('Группы', 'Группа'), path);
    }
  }

  addProperty(property: XmlElement): void {
    const id = property.value('Ид');
    if (!id || !brandProperty.test(property.value('Наименование') ?? '')) return;
    const values = property
      .list('ВариантыЗначений', 'Справочник')
      .map((one): [string, string] => [one.value('ИдЗначения') ?? '', one.value('Значение') ?? '']);
    this.#brands.set(id, new Map(values));
  }

  get categories(): CategoryItem[] {
    return [...this.#categories.values()];
  }

  /** The path of the first group that is known. */
  pathOf(good: XmlElement): string[] | undefined {
    const ids = good.list('Группы', 'Ид').map((id) => id.text.trim());
    return ids.map((id) => this.#paths.get(id)).find(Boolean);
  }

  brandOf(good: XmlElement): string | undefined {
    const maker =
      good.child('Изготовитель')?.value('Наименование') ?? good.child('ТорговаяМарка')?.value('Наименование');
    if (maker) return maker;
    for (const value of good.list('ЗначенияСвойств', 'ЗначенияСвойства')) {
      const dictionary = this.#brands.get(value.value('Ид') ?? '');
      const text = value.value('Значение');
      if (dictionary && text) return dictionary.get(text) ?? text;
    }
    return undefined;
  }
}
