import type { UserError } from '@gastronom/shared/user-error.type';
import { type ShopErrorCode, shopError } from './product-shop.errors.ts';
import type {
  SetProductAvailabilityInput,
  SetProductImageOrderInput,
  SetProductOverridesInput,
  SetProductTagsInput,
} from './product-shop.inputs.ts';
import type { ShopColumns } from './product-shop.repository.ts';

const longestReason = 500;
const longestName = 500;
const longestDescription = 20_000;
const longestTag = 50;
const mostTags = 50;

const problem = (code: ShopErrorCode, field: string, message: string): UserError =>
  shopError(code, ['input', field], message);

/** Text as it is stored: without NUL, which PostgreSQL cannot hold, and without space around it. */
const clean = (text: string): string => text.replaceAll('\0', '').trim();

export function decideAvailability({ isAvailable, reason }: SetProductAvailabilityInput): ShopColumns | UserError[] {
  const why = clean(reason ?? '');
  if (why.length > longestReason)
    return [problem('TOO_LONG', 'reason', `A reason has at most ${longestReason} characters.`)];
  return { switched_on: isAvailable, switched_off_reason: isAvailable || why === '' ? null : why };
}

export function decideTags({ tags }: SetProductTagsInput): ShopColumns | UserError[] {
  const wanted = [...new Set(tags.map(clean))].toSorted();
  if (wanted.length > mostTags) return [problem('TOO_MANY', 'tags', `A product has at most ${mostTags} tags.`)];
  if (wanted.some((tag) => tag.length < 1 || tag.length > longestTag))
    return [problem('BAD_TAG', 'tags', `A tag has 1 to ${longestTag} characters.`)];
  return { tags: wanted };
}

export function decideImageOrder(
  { urls }: SetProductImageOrderInput,
  { imageUrls }: { readonly imageUrls: readonly string[] },
): ShopColumns | UserError[] {
  const unknown = urls.find((url) => !imageUrls.includes(url));
  if (unknown !== undefined)
    return [problem('UNKNOWN_IMAGE', 'urls', `The product has no picture ${clean(unknown).slice(0, 200)}.`)];
  return { image_order: [...new Set(urls)] };
}

export function decideOverrides({ name, description, price }: SetProductOverridesInput): ShopColumns | UserError[] {
  const problems: UserError[] = [];
  const wantedName = name === undefined || name === null ? name : clean(name);
  if (typeof wantedName === 'string' && (wantedName.length < 1 || wantedName.length > longestName))
    problems.push(problem('BAD_NAME', 'name', `A name has 1 to ${longestName} characters.`));
  const wantedDescription = description === undefined || description === null ? description : clean(description);
  if ((wantedDescription?.length ?? 0) > longestDescription)
    problems.push(problem('TOO_LONG', 'description', `A description has at most ${longestDescription} characters.`));
  if (price && !/^\d{1,12}(\.\d{1,2})?$/.test(price.amount))
    problems.push(
      shopError('BAD_PRICE', ['input', 'price', 'amount'], 'A price is not negative and has at most two decimals.'),
    );
  if (price && !/^[A-Z]{3}$/.test(price.currencyCode))
    problems.push(
      shopError('BAD_PRICE', ['input', 'price', 'currencyCode'], 'A currency is an ISO 4217 code, as RUB.'),
    );
  if (problems.length > 0) return problems;
  return {
    name_override: wantedName,
    description_override: wantedDescription,
    price_override: price === undefined ? undefined : (price?.amount ?? null),
    currency_override: price === undefined ? undefined : (price?.currencyCode ?? null),
  };
}
