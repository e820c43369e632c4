import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { StoreEntity } from '../store/store.entity.ts';
import { Store } from '../store/store.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';

export enum ProductSearchSource {
  SEARXNG = 'SEARXNG',
  LOCAL = 'LOCAL',
}
registerEnumType(ProductSearchSource, {
  name: 'ProductSearchSource',
  description: 'Where products were searched for.',
  valuesConfig: {
    SEARXNG: { description: 'In the web, by the installation’s SearXNG.' },
    LOCAL: { description: 'Among the pages that the person tracks, since there is no SearXNG, or it does not answer.' },
  },
});

@ObjectType({ description: 'A page that may show what was searched for.' })
export class ProductSearchResult {
  @Field(() => String, { description: 'Its address, as it would be tracked.' })
  url!: string;

  @Field(() => String, { description: 'Its host, with the port where it has one.' })
  host!: string;

  @Field(() => String, { description: 'What it is called there.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'A few words of it, where the search engine gives them.' })
  snippet!: string | null;

  @Field(() => String, { nullable: true, description: 'Where a picture of it is, as the search engine says.' })
  imageUrl!: string | null;

  @Field(() => Store, { nullable: true, description: 'The person’s store that it would be tracked in; null for none.' })
  store!: StoreEntity | null;

  @Field(() => TrackedUrl, { nullable: true, description: 'The same page where the person tracks it already.' })
  trackedUrl!: TrackedUrlEntity | null;
}

@ObjectType({ description: 'A page of what was found.' })
export class ProductSearch {
  @Field(() => ProductSearchSource, { description: 'Where it was searched for.' })
  source!: `${ProductSearchSource}`;

  @Field(() => Int, { description: 'Which page it is, from 1 on.' })
  page!: number;

  @Field(() => Boolean, {
    description: 'Whether there may be more: what a search engine has not found yet is not known.',
  })
  hasNextPage!: boolean;

  @Field(() => [ProductSearchResult], { description: 'The pages, the best first.' })
  results!: readonly ProductSearchResult[];
}
