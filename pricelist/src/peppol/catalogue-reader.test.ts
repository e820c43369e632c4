import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { catalogue, line, price } from '../testing/catalogue.ts';
import { readPriceList } from '../testing/read-price-list.ts';

const whole = line({
  id: 'RS-12',
  terms: `<cbc:OrderableIndicator>true</cbc:OrderableIndicator>
    <cbc:OrderableUnit>XCS</cbc:OrderableUnit>
    <cbc:ContentUnitQuantity unitCode="GRM">2400</cbc:ContentUnitQuantity>
    <cbc:OrderQuantityIncrementNumeric>2</cbc:OrderQuantityIncrementNumeric>
    <cbc:MinimumOrderQuantity unitCode="XCS">4</cbc:MinimumOrderQuantity>`,
  price: `<cbc:LeadTimeMeasure unitCode="HUR">36</cbc:LeadTimeMeasure><cbc:MinimumQuantity unitCode="XCS">1</cbc:MinimumQuantity>
    ${price('50.125', 'KGM', '<cbc:OrderableUnitFactorRate>2.4</cbc:OrderableUnitFactorRate>')}
    </cac:RequiredItemLocationQuantity><cac:RequiredItemLocationQuantity><cbc:MinimumQuantity unitCode="XCS">10</cbc:MinimumQuantity>
    ${price('110', 'XCS', '<cac:ValidityPeriod><cbc:StartDate>2026-12-01</cbc:StartDate><cbc:EndDate>2026-12-24</cbc:EndDate></cac:ValidityPeriod>')}`,
  item: `<cac:StandardItemIdentification><cbc:ID schemeID="0160">07310865004703</cbc:ID></cac:StandardItemIdentification>
    <cac:ItemSpecificationDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>
      <cac:ExternalReference><cbc:URI>https://fish.example/rs.png</cbc:URI></cac:ExternalReference>
    </cac:Attachment></cac:ItemSpecificationDocumentReference>
    <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>12</cbc:Percent></cac:ClassifiedTaxCategory>`,
});

describe('a Peppol Catalogue', () => {
  it('says all of an offer: units, contents, prices of the orderable unit with their breaks and validity', async () => {
    const { items, wrong, notices } = await readPriceList(catalogue(whole));

    expect(wrong).toEqual([]);
    expect(items).toEqual([
      {
        ...{ supplierSku: 'RS-12', gtin: '07310865004703', name: 'Räksallad', description: null, unit: 'case' },
        ...{ baseUnit: 'KILOGRAM', packSize: '2.4', multiple: '2', minimumQuantity: '4', taxRate: '12' },
        ...{ taxIncluded: false, leadTimeDays: 2, isAvailable: true, imageUrl: 'https://fish.example/rs.png' },
        currency: 'SEK',
        prices: [
          { amount: '120.3', fromQuantity: '1' },
          {
            ...{ amount: '110', fromQuantity: '10' },
            ...{ validFrom: '2026-11-30T23:00:00.000Z', validUntil: '2026-12-24T23:00:00.000Z' },
          },
        ],
      },
    ]);
    expect(notices).toEqual([expect.stringContaining('offers that it leaves out stay as they are')]);
  });

  it('takes lines off the list that are deleted, all of them where the catalogue is', async () => {
    const lines = line({ id: 'A', action: 'Delete' }) + line({ id: 'B', action: 'Add' });

    const one = await readPriceList(catalogue(lines, '<cbc:ActionCode>Update</cbc:ActionCode>'));
    const all = await readPriceList(catalogue(lines, '<cbc:ActionCode>Delete</cbc:ActionCode>'));

    expect(one.items).toMatchObject([
      { supplierSku: 'A', removed: true },
      { supplierSku: 'B', isAvailable: true },
    ]);
    expect(one.notices).toEqual([]);
    expect(all.items).toEqual([
      { supplierSku: 'A', removed: true },
      { supplierSku: 'B', removed: true },
    ]);
  });

  it.each([
    ['<cbc:OrderableUnit>KGM</cbc:OrderableUnit>', 'kg', 'KILOGRAM', '1'],
    ['<cbc:OrderableUnit>CLT</cbc:OrderableUnit>', 'cl', 'LITRE', '0.01'],
    ['<cbc:OrderableUnit>EA</cbc:OrderableUnit>', 'piece', 'PIECE', '1'],
    [
      '<cbc:OrderableUnit>EA</cbc:OrderableUnit><cbc:ContentUnitQuantity unitCode="LTR">1.5</cbc:ContentUnitQuantity>',
      ...['piece', 'LITRE', '1.5'],
    ],
    [
      '<cbc:OrderableUnit>XBX</cbc:OrderableUnit><cbc:ContentUnitQuantity unitCode="XBO">24</cbc:ContentUnitQuantity>',
      ...['box', 'PIECE', '24'],
    ],
    ['<cbc:OrderableUnit>XZZ</cbc:OrderableUnit>', 'XZZ', 'PIECE', '60'],
  ])('measures %s', async (terms, unit, baseUnit, packSize) => {
    const base = /OrderableUnit>(\w+)</.exec(terms)?.[1] ?? '';
    const item = '<cbc:PackQuantity unitCode="XBX">5</cbc:PackQuantity><cbc:PackSizeNumeric>12</cbc:PackSizeNumeric>';

    const { items } = await readPriceList(catalogue(line({ terms, item, price: price('10', base) })));

    expect(items).toMatchObject([{ unit, baseUnit, packSize, prices: [{ amount: '10' }] }]);
  });

  it('is not orderable where it says so, and holds for as long as the line or the catalogue does', async () => {
    const period = (name: string, end: string) => `<cac:${name}><cbc:EndDate>${end}</cbc:EndDate></cac:${name}>`;
    const terms = `<cbc:OrderableIndicator>false</cbc:OrderableIndicator><cbc:OrderableUnit>XCS</cbc:OrderableUnit>${period('LineValidityPeriod', '2026-12-31')}`;

    const { items } = await readPriceList(
      catalogue(line({ id: 'A', terms }) + line({ id: 'B' }), period('ValidityPeriod', '2027-06-30Z')),
    );

    expect(items).toMatchObject([
      { isAvailable: false, prices: [{ validUntil: '2026-12-31T23:00:00.000Z' }] },
      { isAvailable: true, prices: [{ validUntil: '2027-07-01T00:00:00.000Z' }] },
    ]);
  });

  it('tells what is wrong with a line by where it begins, and never guesses what a price is of', async () => {
    const { wrong, rows } = await readPriceList(
      catalogue(
        line({ id: '', price: price('x') }) +
          line({ id: 'B', price: price('10', 'KGM'), action: 'Change' }) +
          line({ id: 'C', price: price('10') + price('11').replace('SEK', 'EUR') }) +
          line({ id: 'D', price: '<cbc:LeadTimeMeasure unitCode="KGM">1</cbc:LeadTimeMeasure>' }),
      ),
    );

    expect(wrong.map((text) => text.replace(/^\d+ /, ''))).toEqual([
      'MISSING_SKU supplierSku',
      'INVALID_NUMBER prices',
      'BAD_VALUE removed',
      'BAD_VALUE prices',
      'BAD_VALUE currency',
      'BAD_VALUE leadTimeDays',
    ]);
    const text = catalogue(line()).split('\n');
    expect(rows[0]?.place.line).toBe(text.findIndex((one) => one.includes('<cac:CatalogueLine>')) + 1);
  });

  it('is read in the encoding that it declares, and in an envelope', async () => {
    const latin = catalogue(line()).replace('UTF-8', 'ISO-8859-1');
    const envelope = `<StandardBusinessDocument>${catalogue(line()).replace(/<\?xml.*\?>/, '')}</StandardBusinessDocument>`;

    const read = [await readPriceList(iconv.encode(latin, 'latin1')), await readPriceList(envelope)];

    expect(read.map(({ items }) => items[0]?.name)).toEqual(['Räksallad', 'Räksallad']);
  });

  it.each([
    ['a DTD', catalogue(line()).replace('<Catalogue', '<!DOCTYPE x [<!ENTITY a "b">]><Catalogue'), /DOCTYPE/],
    ['an entity of nobody’s', catalogue(line({ id: '&boom;' })), /not well-formed/],
    ['nesting without end', catalogue('<a>'.repeat(100)), /nested deeper/],
    ['a file that is cut off', catalogue(line()).slice(0, -30), /not well-formed/],
    ['no lines', catalogue(''), /without lines/],
    ['an encoding of nobody’s', catalogue(line()).replace('UTF-8', 'klingon-1'), /klingon-1/],
  ])('is refused with %s', async (_, content, why) => {
    await expect(readPriceList(content)).rejects.toThrow(why);
  });

  it('is refused where its bytes are not what it says', async () => {
    await expect(readPriceList(iconv.encode(catalogue(line()), 'latin1'))).rejects.toThrow(/should be UTF-8/);
  });
});
