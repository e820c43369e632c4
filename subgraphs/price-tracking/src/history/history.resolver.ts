import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, foreignCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { isBigintId } from '@gastronom/shared/id';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { HistoryLoader } from './history.loaders.ts';
import type { PricePointEntity } from './price-point.entity.ts';
import type { HistoryPage } from './price-point.repository.ts';
import { PricePointConnection } from './price-point.type.ts';

function readAfter(after: string | null | undefined, sort: string): HistoryPage['after'] {
  if (!after) return null;
  const [moment, id] = decodeCursor(after, sort, 2);
  const parsed = new Date(String(moment));
  if (typeof id === 'string' && isBigintId(id) && !Number.isNaN(parsed.getTime()))
    return { moment: parsed.toISOString(), id };
  throw foreignCursor();
}

async function listHistory(loader: HistoryLoader, id: string, args: PageArgs): Promise<Connection<PricePointEntity>> {
  const size = pageSize(args.first);
  const sort = `history:${id}`;
  const rows = await loader.load({ id, size, after: readAfter(args.after, sort) });
  const cursorOf = (point: PricePointEntity) => encodeCursor(sort, [point.observedAt.toISOString(), point.id]);
  return toConnection(toPage(rows, size), cursorOf, args.after);
}

@Resolver(() => TrackedUrl)
export class UrlHistoryResolver {
  @FieldResolver(() => PricePointConnection, { description: 'What the page asked, newest first.' })
  history(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { id }: TrackedUrlEntity,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<PricePointEntity>> {
    return listHistory(loaders.urlHistory, id, args);
  }
}

@Resolver(() => TrackedProduct)
export class ProductHistoryResolver {
  @FieldResolver(() => PricePointConnection, { description: 'What all of its pages asked, newest first.' })
  history(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { id }: TrackedProductEntity,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<PricePointEntity>> {
    return listHistory(loaders.productHistory, id, args);
  }
}
