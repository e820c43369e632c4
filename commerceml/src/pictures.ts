import type { Notices } from './notices.ts';

/** Finds the address under which a picture is kept that an export names by its file. */
export type PictureAddress = (name: string) => string | undefined;

const isWeb = (picture: string) => /^https?:\/\//i.test(picture);

/** Addresses alone: a file name that leads nowhere is no reason to lose the goods. */
export function pictureAddresses(
  pictures: readonly string[],
  notices: Notices,
  addressOf: PictureAddress = () => undefined,
): string[] | undefined {
  const named = pictures.filter(Boolean);
  const urls = named.flatMap((picture) => (isWeb(picture) ? picture : (addressOf(picture) ?? [])));
  const others = named.length - urls.length;
  if (others > 0) notices.add('pictures that are file names, not web addresses, were left out', others);
  return urls.length > 0 || others === 0 ? urls : undefined;
}
