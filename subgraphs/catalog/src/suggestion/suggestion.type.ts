import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum SearchSuggestionKind {
  PRODUCT = 'PRODUCT',
  BRAND = 'BRAND',
  CATEGORY = 'CATEGORY',
}
registerEnumType(SearchSuggestionKind, {
  name: 'SearchSuggestionKind',
  description: 'What a suggestion names.',
  valuesConfig: {
    PRODUCT: { description: 'The name of goods.' },
    BRAND: { description: 'A brand.' },
    CATEGORY: { description: 'A category.' },
  },
});

@SameForAll()
@ObjectType({ description: 'What a search box may offer for what was typed so far.' })
export class SearchSuggestion {
  @Field(() => String, { description: 'Text to search for, as the catalogue has it.' })
  text!: string;

  @Field(() => SearchSuggestionKind, { description: 'What it names.' })
  kind!: SearchSuggestionKind;
}
