import type { XmlElement } from '@gastronom/commerceml/xml-element';
import type { OfferItem, RowError, RowErrorCode } from '../price-list-row.ts';
import { readDecimal, ValueError } from '../read-value.ts';

/** What is wrong with the lines of a catalogue, gathered as one line is read. */
export class LineFaults {
  readonly errors: RowError[] = [];

  add(code: RowErrorCode, field: keyof OfferItem, message: string): void {
    this.errors.push({ code, field, message });
  }

  /** Does what may find a value to be none of its kind; null where it does. */
  try<T>(field: keyof OfferItem, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      this.add(error.code, field, error.message);
      return null;
    }
  }

  /** A number of an element; null where there is none. */
  decimal(field: keyof OfferItem, element: XmlElement | undefined): string | null {
    const text = element?.text.trim();
    return text ? this.try(field, () => readDecimal(text)) : null;
  }
}

/** The element at the end of a path of first children. */
export const at = (element: XmlElement | undefined, ...path: string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((found, name) => found?.child(name), element);

/** Trimmed text at the end of a path; undefined where there is none. */
export const textAt = (element: XmlElement | undefined, ...path: string[]): string | undefined =>
  at(element, ...path)?.text.trim() || undefined;

/** The unit code of a quantity. */
export const unitOf = (element: XmlElement | undefined): string | undefined =>
  element?.attributes.unitCode?.trim() || undefined;
