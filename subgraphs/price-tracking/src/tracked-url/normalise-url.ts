/** An address of a page, as it is kept and compared. */
export interface NormalUrl {
  readonly url: string;
  /** In lower case and ASCII, with its port where it has one. */
  readonly host: string;
}

const longest = 2_000;

/** What advertisers, newsletters and search engines add to addresses: it tells them who came, and the shop nothing. */
const trackingParameters: ReadonlySet<string> = new Set([
  ...([
    'gclid',
    'gclsrc',
    'dclid',
    'gbraid',
    'wbraid',
    'gad_source',
    'gad_campaignid',
    'srsltid',
    '_ga',
    '_gl',
  ] as const),
  ...(['fbclid', 'igsh', 'igshid', 'msclkid', 'twclid', 'ttclid', 'li_fat_id', 'epik', 'yclid', 'ysclid'] as const),
  ...(['mc_cid', 'mc_eid', 'mkt_tok', '_hsenc', '_hsmi', 'vero_id', 'oly_enc_id', 's_kwcid', 'ef_id'] as const),
  ...(['_openstat', 'wickedid', 'rb_clickid', 'irclickid', 'awc', 'cjevent'] as const),
]);

const isTracking = (parameter: string): boolean => {
  const name = parameter.split('=', 1)[0]?.toLowerCase() ?? '';
  return name.startsWith('utm_') || trackingParameters.has(name);
};

/** The rest stands as it was written: some shops read their parameters by the letter. */
function withoutTracking(search: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((parameter) => parameter !== '' && !isTracking(parameter));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/**
 * An address as it is kept: that of a page on http or https, without fragment and tracking parameters. Null for what is
 * none, is too long, or has a name and password in it, which would be sent to whoever reads it.
 */
export function normaliseUrl(text: string): NormalUrl | null {
  const given = text.trim();
  if (given.length > longest || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  url.search = withoutTracking(url.search);
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href.length > longest ? null : { url: url.href, host: url.host };
}
