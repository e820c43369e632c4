import type { UserError } from '@gastronom/shared/user-error.type';
import type { PageRefusalName } from '../quick-add/page-refusal.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';

export type SkipReasonName = PageRefusalName | 'DUPLICATE' | 'TOO_MANY';

export interface CreatedPage {
  readonly trackedUrl: TrackedUrlEntity;
  readonly isPending: boolean;
}

export interface SkippedPage {
  readonly url: string;
  readonly reason: SkipReasonName;
  readonly message: string;
  readonly trackedUrl: TrackedUrlEntity | null;
}

export interface BulkImportAnswer {
  readonly product: TrackedProductEntity | null;
  readonly isNewProduct: boolean;
  readonly created: readonly CreatedPage[];
  readonly skipped: readonly SkippedPage[];
  readonly userErrors: readonly UserError[];
}
