import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that was made, as `POST /v1/organizations`, with its body. */
export interface ClerkCall {
  readonly call: string;
  readonly body: Record<string, unknown>;
}

/** What the next call meets in place of its answer: Clerk's error, a silence, or a line that is cut. */
export type Fault = { readonly status: number; readonly code?: string; readonly message?: string } | 'silence' | 'cut';

/** Plays the part of Clerk's Backend API that keeps organisations: answers as its documentation says, and notes calls. */
export interface ClerkStandIn {
  readonly url: string;
  readonly secretKey: string;
  /** Faults for the next calls, one each. */
  readonly faults: Fault[];
  /** The calls since the last time this was asked. */
  calls(): ClerkCall[];
  close(): Promise<void>;
}

const updatedAt = Date.parse('2026-03-01T10:00:00Z');

const organization = (id: string, body: Record<string, unknown>) => ({
  object: 'organization',
  id,
  slug: 'a-slug',
  image_url: '',
  has_image: false,
  max_allowed_memberships: 5,
  admin_delete_enabled: true,
  private_metadata: {},
  created_at: updatedAt,
  updated_at: updatedAt,
  name: 'As Before',
  public_metadata: {},
  ...body,
});

const gone = (object: string) => ({ object, deleted: true });

type Answer = (ids: string[], body: Record<string, unknown>, n: number) => object;

const membership: Answer = ([id = '', userId = ''], body) => ({
  object: 'organization_membership',
  id: `orgmem_${userId}`,
  role: 'org:member',
  permissions: [],
  public_metadata: {},
  private_metadata: {},
  organization: organization(id, {}),
  public_user_data: {
    user_id: userId,
    identifier: '',
    first_name: null,
    last_name: null,
    image_url: '',
    has_image: false,
  },
  created_at: updatedAt,
  updated_at: updatedAt,
  ...body,
});

const invitation: Answer = ([id = '', invitationId], body, n) => ({
  object: 'organization_invitation',
  id: invitationId ?? `orginv_${n}`,
  organization_id: id,
  status: invitationId ? 'revoked' : 'pending',
  public_metadata: {},
  private_metadata: {},
  created_at: updatedAt,
  updated_at: updatedAt,
  expires_at: updatedAt,
  url: null,
  role_name: 'Member',
  ...body,
});

const routes: readonly (readonly [string, RegExp, Answer])[] = [
  ['POST', /^\/v1\/organizations$/, (_, body, n) => organization(`org_made_${n}`, body)],
  ['PATCH', /^\/v1\/organizations\/([^/]+)(?:\/metadata)?$/, ([id = ''], body) => organization(id, body)],
  ['DELETE', /^\/v1\/organizations\/([^/]+)$/, ([id]) => ({ ...gone('organization'), id })],
  ['PATCH', /^\/v1\/organizations\/([^/]+)\/memberships\/([^/]+)$/, membership],
  ['DELETE', /^\/v1\/organizations\/([^/]+)\/memberships\/([^/]+)$/, membership],
  ['POST', /^\/v1\/organizations\/([^/]+)\/invitations$/, invitation],
  ['POST', /^\/v1\/organizations\/([^/]+)\/invitations\/([^/]+)\/revoke$/, invitation],
];

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {};
}

function answer(response: ServerResponse, status: number, body: object): void {
  // To the letter: the library reads JSON from no other media type.
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const errorBody = (code = 'internal_clerk_error', message = 'Something happened.') => ({
  errors: [{ code, message, long_message: message, meta: {} }],
});

export async function startClerkStandIn(): Promise<ClerkStandIn> {
  const secretKey = 'sk_test_stand_in';
  const faults: Fault[] = [];
  let seen: ClerkCall[] = [];
  let made = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const body = await bodyOf(request);
    seen.push({ call: `${method} ${url}`, body });
    const fault = faults.shift();
    if (fault === 'silence') return;
    if (fault === 'cut') return void request.socket.destroy();
    if (fault) return answer(response, fault.status, errorBody(fault.code, fault.message));
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return answer(response, 401, errorBody('authentication_invalid'));
    for (const [itsMethod, path, make] of routes) {
      const ids = itsMethod === method ? path.exec(url)?.slice(1) : undefined;
      made += 1;
      if (ids) return answer(response, 200, make(ids.filter(Boolean), body, made));
    }
    answer(response, 404, errorBody('resource_not_found'));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey,
    faults,
    calls() {
      const calls = seen;
      seen = [];
      return calls;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
