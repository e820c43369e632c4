/** What a word near a sum makes of it. */
export type WordRole =
  | 'LABEL'
  | 'FROM'
  | 'UP_TO'
  | 'NOW'
  | 'OLD'
  | 'SAVING'
  | 'OFF'
  | 'SHIPPING'
  | 'FREE'
  | 'MONTHLY'
  | 'PAYMENTS'
  | 'PERIOD'
  | 'PER'
  | 'RATE'
  | 'UNIT'
  | 'OF'
  | 'RANGE'
  | 'TIMES';

/** Words of price tags by their role, in the languages of many shops. */
const words: Readonly<Record<WordRole, string>> = {
  LABEL: `kaina hind cijena 販売価格 本体価格 税込価格 통상 कीमत मूल्य selling asking
    price prices preis preise prix precio precios preço preco prezzo prezzi cena ceny cenu цена цене ціна pris priset prisen
    prijs hinta fiyat fiyatı ár ára preț pret pretul τιμή harga giá gia 価格 价格 價格 售价 售價 가격 판매가 ราคา السعر سعر قیمت מחיר
    cost costo coste total amount inc incl inkl including included excl exkl exc excluding vat tax taxes mwst ust iva dph ндс пдв alv
    moms kdv dahil btw brutto netto gross net tva ttc ht gst pdv 税込 税抜 税別 含税 tax-free each ea per the only our naše naša
    nasza наша our online web of in is for buy add to cart store shop at de a le la el der die das und plus bez bez včetně s p v
    iva. inclusa inclus incluido incluida incluso inbegrepen stk st stück stuck pcs pc piece unit unité szt шт ks db buc adet pers
    person pz kpl χωρίς με φπα φ π α`,
  FROM: `from beginning starting starts ab fra från fr desde partir от od da vanaf alkaen již od von ξεκινά από dari từ から より 起 부터
    mulai başlayan itibaren начиная від nuo alates low minimum kezdve lowest ab.`,
  UP_TO: 'up until under below upto max maximum bis до jusqu hasta fino',
  NOW: `now jetzt maintenant ahora agora oggi ora ahora сейчас теперь зараз nyní teraz nu nå nyt voor akce most şimdi akciós sale
    aktuell aktuelle aktueller actual actuel actuelle attuale atual current currently huidige nuvarande nåværende nuværende aktualna
    aktuální aktuálna текущая актуальна jelenlegi şuanki τρέχουσα стало nur special final deal angebot aktionspreis por 現在 セール 特価 현재 할인가 促销价 现价`,
  OLD: `was were rrp msrp srp uvp uvo statt instead before previously originally original orig list reg regular était avant antes
    invece anziché старая было раньше стара було původní původně původne pôvodná przed regularna poprzednia eredeti vorher
    bisher ehemals normal normalpris før förr tidigare ord ordinarie tidligere eski önceki 原価 原价 原價 定价 定価 市場價 정가
    参考価格 listino pvr war compare retail strikethrough tachado originale originally ursprüngliche ursprünglicher initial pierwotna oorspronkelijke первоначальная початкова
    opprinnelig oprindelig ursprungligt αρχική conseillé barré recommended recommandé preisempfehlung recomendado consigliato doporučená zalecana katalogowa prima prix-conseillé`,
  SAVING: `najniższa omnibus niedrigster lägsta laveste nejnižší najnižšia legalacsonyabb sparer spara sparar säästä säästät bespaart
    économie oszczędź ušetřete ušetríte economisești έκπτωση спестявате отстъпка economize poupe risparmio ahorras ahorro 割引 お得 立减
    save saved saving savings off discount sparen sparst gespart ersparnis rabatt rabat скидка скидки экономия выгода знижка
    korting économisez économie ahorra ahorre descuento desconto risparmi risparmia sconto sleva ušetříte zľava oszczędzasz indirim
    kedvezmény bespaar spar sparar coupon gutschein купон voucher cashback bonus бонусов баллов points deposit pfand залог`,
  OFF: 'off discount korting rabatt rabat скидка скидки знижка sconto descuento desconto kedvezmény indirim sleva zľava remise',
  SHIPPING: `shipping delivery postage ship orders order versand versandkosten lieferung mindestbestellwert livraison frais envío envio
    gastos frete spedizione consegna wysyłka dostawa frakt fragt levering доставка доставки доставку заказ замовлення doprava
    dopravné toimitus verzending verzendkosten kargo szállítás transport 送料 配送料 运费 運費 배송비`,
  FREE: `free gratis kostenlos gratuit gratuitement gratuita gratuito grátis бесплатно бесплатный безкоштовно безплатно darmo darmowe
    bezpłatnie bezpłatny zdarma zadarmo ingyenes ingyen ücretsiz bedava 無料 免费 免費 무료 ฟรี δωρεάν ilmainen maksuton besplatno
    brezplačno nemokamai tasuta bezmaksas gratuïtament חינם مجاني مجانا رایگان`,
  MONTHLY: `monthly mth monatlich mtl mensuel mensuelle mensuales mensual mensais mensal mensile mensili ежемесячно щомісяця měsíčně
    miesięcznie månadsvis 月額 月々 每月 分割 할부 mo mån maandelijks`,
  PAYMENTS: `payments payment installments instalments instalment installment rate rata raten rat raty mensualités mensualidades cuotas
    cuota parcelas parcela vezes juros платежа платежей платежами рассрочка taksit avdrag`,
  PERIOD: `mo month months mth monat monate mois mes meses mês mese mesi мес месяц месяца месяцев міс mies miesiąc měsíc mån måned
    månad maand ay hó kk year years yr annum jahr an rok год week wk woche day tag pv 月 월 개월 день jour noche night nacht nuit`,
  PER: 'per pro par je za за на al alla por pr el a w v в',
  RATE: 'kg g gr gram gramm grams кг г гр л мл l ltr liter litre liters litres ml cl dl m² m2 m³ lb lbs oz qm mq 100g 100ml kilo м м2 м²',
  UNIT: `cm mm m km in inch inches zoll gb tb mb kb ghz mhz w kw kwh v mah hz mp px days tage dagar dager dage dni dnů dní jours giorni días dias päivää nap дня дни hours hour hrs h min mins minutes
    minuten sec дней дня часов stars star sterne stelle estrellas étoiles звезды reviews review ratings rating votes bewertungen отзывов
    отзыва items stück shop x pack sold verkauft points km/h ps`,
  OF: 'out of von из de sur af av trên su van z 中 od',
  RANGE: 'to bis до do til till tot ile a à al hasta až - ~ through',
  TIMES: 'x × х * mal fois veces vezes раз krát ×',
};

/** How many places a word moves the decimal point. */
const powers: Readonly<Record<string, number>> = {
  k: 3,
  тыс: 3,
  tys: 3,
  tsd: 3,
  rb: 3,
  ribu: 3,
  nghìn: 3,
  ngàn: 3,
  천: 3,
  万: 4,
  萬: 4,
  만: 4,
  lakh: 5,
  lac: 5,
  mio: 6,
  млн: 6,
  mln: 6,
  million: 6,
  millionen: 6,
  jt: 6,
  juta: 6,
  tr: 6,
  triệu: 6,
  crore: 7,
  cr: 7,
  億: 8,
  亿: 8,
  억: 8,
};

const roles = new Map<string, Set<WordRole>>();
for (const [role, text] of Object.entries(words) as [WordRole, string][]) {
  for (const word of text.split(/\s+/)) {
    const spelled = word.normalize('NFKC');
    roles.set(spelled, (roles.get(spelled) ?? new Set()).add(role));
  }
}
const none: ReadonlySet<WordRole> = new Set();

/** The roles that a word of lower case may play. */
export const rolesOf = (word: string): ReadonlySet<WordRole> => roles.get(word) ?? none;

/** How many places the word moves a sum's decimal point (`k` three); null for a word that does not. */
export const powerOf = (word: string): number | null => powers[word] ?? null;
