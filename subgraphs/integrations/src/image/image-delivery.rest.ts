import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type IntegrationsContext, integrationsContext } from '../context.ts';
import type { ImageEntity } from './image.entity.ts';
import { findImage } from './image.service.ts';
import { ownWidth, readFile, readPlain, readVariant, type Variant, variantKey } from './image-variants.ts';
import { readHash } from './images.ts';
import { negotiateType } from './negotiate.ts';

interface Addressed {
  Params: { sha256: string; file: string };
}

/** Raised when the same picture would be written otherwise, so that no cache takes the old one for the new. */
const edition = 1;
const forEver = 'public, max-age=31536000, immutable';
const forNow = 'public, max-age=60';
/** Who names no file gets the plain picture when so many variants are in the making, or when his own takes so long. */
const mostMaking = 8;
const patienceMs = 3_000;

/** What is to be sent: its name among the files of the picture, and how to get it. */
interface Chosen {
  readonly name: string;
  readonly type: string;
  readonly cached: string;
  read(): Promise<Buffer>;
}

const nothingHere = () => new DomainError('NOT_FOUND', 'There is no such picture.');

async function imageAt(context: IntegrationsContext, address: string): Promise<ImageEntity> {
  const sha256 = readHash(address);
  const image = sha256 ? await findImage(context, sha256) : null;
  if (!image) throw nothingHere();
  return image;
}

const chosenVariant = (context: IntegrationsContext, image: ImageEntity, variant: Variant): Chosen => ({
  name: `${variant.width}.${variant.type}`,
  type: variant.type,
  cached: forEver,
  read: () => readVariant(context, image, variant),
});

/** `320.webp`: one of the widths that are set, and no other, so that nobody has us make all there are. */
function variantNamed(context: IntegrationsContext, image: ImageEntity, file: string): Chosen {
  const [, digits, type] = /^([1-9]\d{0,4})\.(webp|avif)$/.exec(file) ?? [];
  const width = Number(digits);
  if (!context.images.settings.widths.includes(width) || (type !== 'webp' && type !== 'avif')) throw nothingHere();
  return chosenVariant(context, image, { width: ownWidth(image, width), type });
}

/** Whether a variant is there, or is made while its reader waits. */
async function isThereSoon(context: IntegrationsContext, image: ImageEntity, variant: Variant): Promise<boolean> {
  if (await readFile(context, variantKey(image, variant))) return true;
  if (context.images.inHand.size >= mostMaking) return false;
  const made = readVariant(context, image, variant).then(
    () => true,
    (error: unknown) => {
      context.logger.error({ err: error, sha256: image.sha256, variant }, 'a variant of a picture was not made');
      return false;
    },
  );
  return Promise.race([made, sleep(patienceMs, false, { ref: false })]);
}

/** The widest variant of the best type that the client shows, or the plain picture. */
async function negotiated(context: IntegrationsContext, image: ImageEntity, accept?: string): Promise<Chosen> {
  const { images } = context;
  const plain = {
    name: 'plain',
    type: image.plainType,
    cached: forEver,
    read: () => readPlain(context, image),
  };
  const type = negotiateType(accept);
  if (!type) return plain;
  const variant = { width: ownWidth(image, images.settings.widths.at(-1) ?? image.width), type };
  if (await isThereSoon(context, image, variant)) return chosenVariant(context, image, variant);
  return { ...plain, cached: forNow };
}

const isKnown = (given: string | undefined, etag: string): boolean =>
  given === '*' || (given?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false);

async function send(request: FastifyRequest, reply: FastifyReply, image: ImageEntity, chosen: Chosen) {
  const etag = `"${image.sha256.slice(0, 32)}-${chosen.name}-${edition}"`;
  reply.headers({
    etag,
    'cache-control': chosen.cached,
    // What we serve is pictures, whatever a browser thinks it sees in one.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
    // Shops show our pictures on pages of their own.
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.type(`image/${chosen.type}`).send(await chosen.read());
}

/** Pictures as shops show them. Each is made of its bytes once and never changes, so that caches keep it for ever. */
export function serveImages(server: FastifyInstance, environment: SubgraphEnvironment): void {
  const contextOf = integrationsContext(environment);

  server.get<Addressed>('/images/:sha256', async (request, reply) => {
    const context = contextOf(request.caller);
    const image = await imageAt(context, request.params.sha256);
    reply.header('vary', 'Accept');
    return send(request, reply, image, await negotiated(context, image, request.headers.accept));
  });
  server.get<Addressed>('/images/:sha256/:file', async (request, reply) => {
    const context = contextOf(request.caller);
    const image = await imageAt(context, request.params.sha256);
    return send(request, reply, image, variantNamed(context, image, request.params.file));
  });
}
