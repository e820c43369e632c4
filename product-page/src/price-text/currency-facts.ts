/** Currencies whose price tags have no decimals. Iraq's has three by the standard, and none in any shop. */
const undivided = new Set('BIF CLP DJF GNF IQD ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const inThousandths = new Set('BHD JOD KWD LYD OMR TND'.split(' '));

/** How many decimals a currency's sums have. */
export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (undivided.has(currency)) return 0;
  return inThousandths.has(currency) ? 3 : 2;
}

/** ISO 4217 codes: those of today, and those that old pages still name. */
export const currencyCodes: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf('currency'),
  ...'ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL NLG PTE ROL SIT SKK SLL TRL ZMK'.split(' '),
]);

/** Codes that are words in capitals as well: `TOP 10`. They count where the store says so or no other word is about. */
export const wordlikeCodes: ReadonlySet<string> = new Set('ALL TRY TOP CUP PEN MAD GEL BAM SOS'.split(' '));

/** Codes that are written in any case, and are no words. */
export const anyCaseCodes: ReadonlySet<string> = new Set(
  'EUR USD GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN UAH RUB KZT JPY CNY INR AUD CAD NZD ZAR BRL MXN AED SAR RSD MKD GEL AMD AZN'.split(
    ' ',
  ),
);

const regionCurrencies = `AE AED|AR ARS|AT EUR|AU AUD|AZ AZN|BD BDT|BE EUR|BG BGN|BH BHD|BO BOB|BR BRL|BW BWP|BY BYN|CA CAD|CH CHF
CL CLP|CN CNY|CO COP|CR CRC|CU CUP|CY EUR|CZ CZK|DE EUR|DK DKK|DO DOP|DZ DZD|EE EUR|EG EGP|ES EUR|ET ETB|FI EUR|FJ FJD|FO DKK
FR EUR|GB GBP|GE GEL|GH GHS|GL DKK|GM GMD|GR EUR|GT GTQ|HK HKD|HN HNL|HR EUR|HU HUF|ID IDR|IE EUR|IL ILS|IN INR|IQ IQD|IS ISK
IT EUR|JM JMD|JO JOD|JP JPY|KE KES|KG KGS|KR KRW|KW KWD|KZ KZT|LB LBP|LI CHF|LK LKR|LT EUR|LU EUR|LV EUR|LY LYD|MA MAD|MD MDL
MK MKD|MM MMK|MT EUR|MU MUR|MX MXN|MY MYR|NA NAD|NG NGN|NI NIO|NL EUR|NO NOK|NP NPR|NZ NZD|OM OMR|PE PEN|PG PGK|PH PHP|PK PKR
PL PLN|PT EUR|PY PYG|QA QAR|RO RON|RS RSD|RU RUB|SA SAR|SC SCR|SE SEK|SG SGD|SI EUR|SK EUR|SY SYP|TH THB|TN TND|TR TRY|TT TTD
TW TWD|TZ TZS|UA UAH|UG UGX|US USD|UY UYU|UZ UZS|VE VES|VN VND|XK EUR|YE YER|ZA ZAR|ZM ZMW|CM XAF|CI XOF|SN XOF|PF XPF|NC XPF`;
const currencyByRegion = new Map(
  regionCurrencies.split(/[|\n]/).map((pair) => pair.split(' ') as [region: string, currency: string]),
);

/** Languages of many countries: they do not say which one. */
const worldLanguages = new Set('en es fr pt ar zh de nl it ru fa ms sw'.split(' '));

export interface LocaleFacts {
  /** ISO 4217 of its country; null where it names none. */
  readonly currency: string | null;
  /** The mark before the decimals, as ASCII. */
  readonly decimalMark: '.' | ',';
}

const known = new Map<string, LocaleFacts | null>();
const mostKnown = 500;

function findLocaleFacts(tag: string): LocaleFacts | null {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-'));
    const region = locale.region ?? (worldLanguages.has(locale.language) ? undefined : locale.maximize().region);
    // Switzerland's French parts the decimals of sums, and of nothing else, with a point.
    const parts = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).formatToParts(1.25);
    const mark = parts.find(({ type }) => type === 'decimal')?.value;
    return {
      currency: (region === undefined ? undefined : currencyByRegion.get(region)) ?? null,
      decimalMark: mark === ',' ? ',' : '.',
    };
  } catch (error) {
    // A store's or page's language tag is anyone's text: a wrong one says nothing.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What a locale says of price tags; null for none, or one that is no BCP 47 tag. */
export function localeFacts(tag: string | undefined): LocaleFacts | null {
  if (tag === undefined || tag === '') return null;
  const remembered = known.get(tag);
  if (remembered !== undefined) return remembered;
  if (known.size >= mostKnown) known.clear();
  const facts = findLocaleFacts(tag);
  known.set(tag, facts);
  return facts;
}
