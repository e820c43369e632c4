import { createSealOpener, type OpenSeal } from '@gastronom/shared/sealed-call';
import { deriveSecret } from '@gastronom/shared/secrets';
import { anonymous } from '@gastronom/shared/viewer';

/** What other gateways show our subgraphs under measurement: they cannot seal calls, and are not to pay for it. */
export const staticPass = (secret: string): string => deriveSecret(secret, 'bench-static-pass');

/** Opens our own gateway's seals in full, and takes the pass of the others for an anonymous viewer. */
export function openSealOrPass(secret: string, subgraph: string): OpenSeal {
  const open = createSealOpener(secret, subgraph);
  const pass = staticPass(secret);
  return (token) => (token === pass ? () => ({ viewer: anonymous }) : open(token));
}
