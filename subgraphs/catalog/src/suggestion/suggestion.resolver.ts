import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { pageSize } from '@gastronom/shared/cursor';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import { readSearchText } from '../search/search-text.ts';
import { SuggestionRepository } from './suggestion.repository.ts';
import { SearchSuggestion } from './suggestion.type.ts';

const usualSize = 8;

@Resolver()
export class SuggestionResolver {
  @SameForAll()
  @Query(() => [SearchSuggestion], {
    description:
      'Names, brands and categories that fit what was typed into a search box so far, each once: those that begin with it first, then categories before brands before goods. Cyrillic and Latin find each other; typing errors are forgiven when nothing fits.',
  })
  searchSuggestions(
    @Ctx() { manager }: CatalogContext,
    @Arg('text', () => String, { description: 'What was typed; the first 200 characters count.' }) text: string,
    @Arg('first', () => Int, { nullable: true, description: `How many: 0 to 100, ${usualSize} by default.` })
    first?: number | null,
  ): Promise<SearchSuggestion[]> {
    const size = pageSize(first, usualSize);
    const typed = readSearchText(text);
    return typed && typed.words.length > 0 ? new SuggestionRepository(manager).list(typed, size) : Promise.resolve([]);
  }
}
