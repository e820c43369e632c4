/** Small exports, written as 1C writes them. */

export const commerceml = (body: string, encoding = 'UTF-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?>
<КоммерческаяИнформация ВерсияСхемы="2.07" ДатаФормирования="2026-03-01T08:00:00">${body}</КоммерческаяИнформация>`;

const groups = `<Классификатор><Ид>c</Ид><Наименование>Классификатор</Наименование><Группы>
  <Группа><Ид>g1</Ид><Наименование>Молочное</Наименование></Группа></Группы></Классификатор>`;

export interface Good {
  readonly id: string;
  readonly name?: string;
  readonly extra?: string;
}

const goodXml = ({ id, name = `Товар ${id}`, extra = '' }: Good) =>
  `<Товар><Ид>${id}</Ид><Наименование>${name}</Наименование><Группы><Ид>g1</Ид></Группы>${extra}</Товар>`;

/** `import.xml`: groups and goods. */
export const importXml = (goods: readonly Good[], onlyChanges: boolean | null = true, encoding?: string): string =>
  commerceml(
    `${groups}<Каталог${onlyChanges === null ? '' : ` СодержитТолькоИзменения="${onlyChanges}"`}><Ид>k</Ид><Товары>\n${goods
      .map(goodXml)
      .join('\n')}</Товары></Каталог>`,
    encoding,
  );

export interface GoodsOffer {
  readonly id: string;
  readonly name?: string;
  readonly price?: string;
  /** By warehouse; a number is the total, with none named. */
  readonly stock?: Readonly<Record<string, string>> | string;
}

const stockXml = (stock: GoodsOffer['stock']): string => {
  if (stock === undefined) return '';
  if (typeof stock === 'string') return `<Количество>${stock}</Количество>`;
  return Object.entries(stock)
    .map(([id, quantity]) => `<Склад ИдСклада="${id}" КоличествоНаСкладе="${quantity}"/>`)
    .join('');
};

const priceXml = (price: string) =>
  `<Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>${price}</ЦенаЗаЕдиницу></Цена></Цены>`;

const offerXml = ({ id, name, price, stock }: GoodsOffer) =>
  `<Предложение><Ид>${id}</Ид>${name === undefined ? '' : `<Наименование>${name}</Наименование>`}${
    price === undefined ? '' : priceXml(price)
  }${stockXml(stock)}</Предложение>`;

/** `offers.xml`: prices and counts, in the warehouses w1 and w2 where offers name any. */
export function offersXml(offers: readonly GoodsOffer[], onlyChanges = true, encoding?: string): string {
  const names = offers.some(({ stock }) => typeof stock === 'object');
  const warehouses = names
    ? `<Склады><Склад><Ид>w1</Ид><Наименование>Основной</Наименование></Склад>
  <Склад><Ид>w2</Ид><Наименование>Магазин</Наименование></Склад></Склады>`
    : '';
  return commerceml(
    `<ПакетПредложений СодержитТолькоИзменения="${onlyChanges}"><Ид>k#</Ид>
  <ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Розничная</Наименование><Валюта>RUR</Валюта></ТипЦены></ТипыЦен>
  ${warehouses}<Предложения>\n${offers.map(offerXml).join('\n')}</Предложения></ПакетПредложений>`,
    encoding,
  );
}
