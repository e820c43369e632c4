import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { type Connection, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, foreignCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { Viewer } from '@gastronom/shared/viewer';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../context.ts';
import { isMoment } from '../moment.ts';
import { Product } from '../product/product.type.ts';
import type { FavouriteEntity } from './favourite.entity.ts';
import { favouriteError } from './favourite.errors.ts';
import { FavouriteRepository } from './favourite.repository.ts';
import { Favourite, FavouriteConnection, FavouritePayload } from './favourite.type.ts';

const list = 'favourites';
const most = 1_000;

/** The person who asks. The permissions let no one else this far. */
function personOf(viewer: Viewer): string {
  if (viewer.kind === 'user') return viewer.userId;
  throw new DomainError('UNAUTHENTICATED', 'Sign in first.');
}

const refused = (error: UserError): FavouritePayload => ({ product: null, userErrors: [error] });
const notFound = favouriteError('NOT_FOUND', ['productId'], 'There is no such product.');
const tooMany = favouriteError('TOO_MANY', [], `A person has at most ${most} favourites: take some off first.`);

@Resolver(() => Favourite)
export class FavouriteResolver {
  @Query(() => FavouriteConnection, {
    description: 'The viewer’s own favourites, last marked first. For people who are signed in.',
  })
  async favourites(
    @Ctx() { manager, viewer }: CatalogContext,
    @Arg('first', () => Int, { nullable: true, description: 'How many: 0 to 100, 20 by default.' }) first?:
      | number
      | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the row to read on from.' }) after?:
      | string
      | null,
  ): Promise<Connection<FavouriteEntity>> {
    const size = pageSize(first);
    const rows = await new FavouriteRepository(manager, personOf(viewer)).list(
      size + 1,
      after ? placeOf(after) : undefined,
    );
    const cursorOf = ({ addedAt, productId }: FavouriteEntity) =>
      encodeCursor(list, [addedAt.toISOString(), productId]);
    return toConnection(toPage(rows, size), cursorOf, after);
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The product; 1C may have dropped it since (`hiddenReason`).',
  })
  product(@Root() { productId }: FavouriteEntity, @Ctx() { loaders }: CatalogContext) {
    return loaders.products.byId.load(productId);
  }

  @ChangesNothingShared()
  @Mutation(() => FavouritePayload, {
    description: 'Marks a product for the viewer; again is no error. For people who are signed in.',
  })
  async addFavourite(
    @Ctx() { manager, viewer, loaders }: CatalogContext,
    @Arg('productId', () => ID, { description: 'Id of the product (UUID).' }) productId: string,
  ): Promise<FavouritePayload> {
    const product = isUUID(productId) ? await loaders.products.byId.load(productId.toLowerCase()) : null;
    if (!product) return refused(notFound);
    const there = await new FavouriteRepository(manager, personOf(viewer)).add(product.id, most);
    return there ? { product, userErrors: [] } : refused(tooMany);
  }

  @ChangesNothingShared()
  @Mutation(() => FavouritePayload, {
    description: 'Takes the viewer’s mark off a product; again is no error. For people who are signed in.',
  })
  async removeFavourite(
    @Ctx() { manager, viewer, loaders }: CatalogContext,
    @Arg('productId', () => ID, { description: 'Id of the product (UUID).' }) productId: string,
  ): Promise<FavouritePayload> {
    const product = isUUID(productId) ? await loaders.products.byId.load(productId.toLowerCase()) : null;
    if (!product) return refused(notFound);
    await new FavouriteRepository(manager, personOf(viewer)).remove(product.id);
    return { product, userErrors: [] };
  }
}

/** The place behind which a page begins; a cursor made up is refused before SQL sees it. */
function placeOf(after: string): { addedAt: string; productId: string } {
  const [addedAt, productId] = decodeCursor(after, list, 2);
  if (isMoment(addedAt) && typeof productId === 'string' && isUUID(productId)) return { addedAt, productId };
  throw foreignCursor();
}
