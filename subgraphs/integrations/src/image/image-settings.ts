import { join, resolve } from 'node:path';
import { projectRoot, SettingError } from '@gastronom/shared/env';
import { z } from 'zod';

const mostWidths = 8;
const widest = 4_096;

const widths = z
  .string()
  .default('320,800,1600')
  .transform((text) => [...new Set(text.split(',').map((width) => Number(width.trim())))].toSorted((a, b) => a - b))
  .refine(
    (list) =>
      list.length <= mostWidths && list.every((width) => Number.isInteger(width) && width >= 16 && width <= widest),
    `takes up to ${mostWidths} widths in pixels from 16 to ${widest}, separated by commas, as 320,800,1600`,
  );

const flag = z.stringbool({ error: 'takes true or false' });

/** The settings of pictures, as `env.ts` reads them. */
export const imageVariables = {
  IMAGE_DIR: z
    .string()
    .transform((path) => resolve(projectRoot, path))
    .optional(),
  IMAGE_LIMIT_MB: z.coerce.number().positive().max(200).default(20),
  IMAGE_MAX_PIXELS: z.coerce.number().int().min(1_000).max(1_000_000_000).default(50_000_000),
  IMAGE_WIDTHS: widths,
  AWS_S3_BUCKET: z.string().optional(),
  AWS_REGION: z.string().default('us-east-1'),
  AWS_ENDPOINT_URL_S3: z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_S3_FORCE_PATH_STYLE: flag.optional(),
};

type ImageVariables = z.infer<z.ZodObject<typeof imageVariables>>;

export interface BucketSettings {
  readonly bucket: string;
  readonly region: string;
  /** Of a server that is not AWS's own. */
  readonly endpoint: string | undefined;
  readonly credentials: BucketCredentials | undefined;
  /** The bucket in the path of an address instead of in its host name. */
  readonly pathStyle: boolean;
}

export interface BucketCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ImageSettings {
  /** The folder where pictures lie, unless there is a bucket. */
  readonly folder: string;
  readonly bucket: BucketSettings | undefined;
  /** The largest file, in bytes. */
  readonly sizeLimit: number;
  /** The largest picture, width times height, all frames of an animation counted. */
  readonly pixelLimit: number;
  /** The widths of variants, the narrowest first. */
  readonly widths: readonly number[];
}

/** Without a pair of keys the SDK looks where AWS puts them: a profile, a role of the machine or of the container. */
function credentialsOf(variables: ImageVariables): BucketCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (!accessKeyId && !secretAccessKey) return undefined;
  if (!accessKeyId || !secretAccessKey)
    throw new SettingError('AWS_ACCESS_KEY_ID: goes together with AWS_SECRET_ACCESS_KEY; one of them is missing');
  const { AWS_SESSION_TOKEN: sessionToken } = variables;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

export function imageSettings(variables: ImageVariables & { readonly DATA_DIR: string }): ImageSettings {
  const { AWS_S3_BUCKET: bucket, AWS_ENDPOINT_URL_S3: endpoint, AWS_S3_FORCE_PATH_STYLE: pathStyle } = variables;
  return {
    folder: variables.IMAGE_DIR ?? join(variables.DATA_DIR, 'images'),
    bucket: bucket
      ? {
          bucket,
          region: variables.AWS_REGION,
          endpoint,
          credentials: credentialsOf(variables),
          pathStyle: pathStyle ?? endpoint !== undefined,
        }
      : undefined,
    sizeLimit: Math.round(variables.IMAGE_LIMIT_MB * 1024 * 1024),
    pixelLimit: variables.IMAGE_MAX_PIXELS,
    widths: variables.IMAGE_WIDTHS,
  };
}
