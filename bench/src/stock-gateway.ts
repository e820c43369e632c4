import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

export interface StockOptions {
  readonly supergraphSdl: string;
  readonly port: number;
  /** Where subgraphs are, if not where the supergraph says. */
  readonly urls?: Readonly<Record<string, string>>;
  /** What they ask to be shown. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Apollo's gateway as its documentation sets it up. */
export async function startStockGateway({ supergraphSdl, port, urls, headers = {} }: StockOptions): Promise<string> {
  class Source extends RemoteGraphQLDataSource {
    override async willSendRequest({
      request,
    }: Parameters<NonNullable<RemoteGraphQLDataSource['willSendRequest']>>[0]): Promise<void> {
      for (const [name, value] of Object.entries(headers)) request.http?.headers.set(name, value);
    }
  }
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => new Source({ url: urls?.[name] ?? url ?? '' }),
  });
  const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port, host: '127.0.0.1' } });
  return url;
}
