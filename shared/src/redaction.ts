const censor = '[redacted]';

/** What secrets look like, wherever in a line they stand; what a pattern keeps tells which secret it was. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // Session tokens and everything else that is a JWT.
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, censor],
  // API keys: their prefix is public, and finds the key.
  [/\b(gk_[A-Za-z0-9]+)_[\w-]{8,}/g, `$1_${censor}`],
  [/\b(whsec_|[rs]k_(?:live|test)_)[\w+/=-]{6,}/g, `$1${censor}`],
  [/\b(Bearer|Basic)(\s+)[\w.~+/=-]{4,}/gi, `$1$2${censor}`],
  // Passwords in addresses of databases, Redis and 1C.
  [/(:\/\/[^\s:/?#@"\\]*):[^\s"\\/?#]+@/g, `$1:${censor}@`],
  [
    /([?&;][\w.%-]*(?:token|secret|passw|signature|api[-_]?key|auth|jwt|session|sessid)[\w.%-]*=)[^&\s"#\\]+/gi,
    `$1${censor}`,
  ],
  // Members of objects, also of those that stand in a text.
  [
    /(\\?"[\w-]*(?:password|secret|token|authorization|cookie|api[-_]?key)[\w-]*\\?"\s*:\s*\\?")[^"\\]+/gi,
    `$1${censor}`,
  ],
];

const known = new Set<string>();
let knownPattern: RegExp | undefined;

/** Shorter ones would hide words of every line. */
const shortest = 8;

const forms = (secret: string): string[] => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Has these values hidden in every line that is logged, whatever stands around them. */
export function hideInLogs(...secrets: readonly string[]): void {
  const before = known.size;
  for (const secret of secrets) {
    if (secret.length >= shortest) for (const form of forms(secret)) known.add(form);
  }
  if (known.size === before) return;
  // Longer ones first, so that a secret that begins like another is hidden whole.
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  knownPattern = new RegExp(longestFirst.map(escaped).join('|'), 'g');
}

/** The text without the secrets in it: those that are known, and what looks like one. */
export function redact(text: string): string {
  let clean = knownPattern ? text.replace(knownPattern, censor) : text;
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}

const secretName = /SECRET|PASSWORD|TOKEN|API_KEY|ACCESS_KEY|PRIVATE_KEY|ENCRYPTION_KEY/;

function passwordOf(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const { password } = new URL(value);
  try {
    return password === '' ? [] : [password, decodeURIComponent(password)];
  } catch {
    // What is no percent-encoding stands for itself.
    return [password];
  }
}

/** Hides what is secret among settings: those named so, each of a list, and the passwords in addresses. */
export function hideSecretSettings(settings: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!value) continue;
    if (secretName.test(name)) hideInLogs(value, ...value.split(',').map((item) => item.trim()));
    else if (name.endsWith('URL') || name.includes('_URL_')) hideInLogs(...passwordOf(value));
  }
}
