import { randomUUID } from 'node:crypto';
import { type AuditAct, recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { AccountsClient } from '../accounts/accounts-client.ts';
import {
  type ChannelAnswer,
  type ChannelChange,
  isSame,
  type NewChannel,
  offReasonAfter,
  statusAfter,
  subjectOf,
  told,
  withSecret,
} from './channel-change.ts';
import { accessOf } from './channel-owner.ts';
import { type ChannelTools, openCode, openTarget, sealTarget } from './channel-tools.ts';
import type { NotificationChannelEntity } from './notification-channel.entity.ts';
import { channelError } from './notification-channel.errors.ts';
import { type ChannelOwner, NotificationChannelRepository } from './notification-channel.repository.ts';
import { readTarget } from './read-target.ts';
import { sendChannelCodeJob } from './send-channel-code.job.ts';
import { maskedTarget, type Target } from './target.ts';

export interface ChannelContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly channels: ChannelTools;
  readonly accounts: AccountsClient;
}

const mostChannels = 20;
const mostTries = 5;
const longestName = 100;

const refused = (...userErrors: UserError[]): ChannelAnswer => ({ channel: null, userErrors });
const notFound = (field: string[]) => channelError('NOT_FOUND', field, 'There is no such channel of yours to change.');
const isName = (name: string): boolean => name !== '' && name.length <= longestName && !/[\p{Cc}\p{Cs}]/u.test(name);

export class NotificationChannelService {
  readonly #context: ChannelContext;

  constructor(context: ChannelContext) {
    this.#context = context;
  }

  async create(input: NewChannel): Promise<ChannelAnswer> {
    const owner = this.#ownerOf(input);
    if (!owner) return refused(notFound(['input', 'forOrganization']));
    const read = readTarget(input.target, this.#context.channels);
    const problems = [...this.#problemsOf(input, owner), ...('userErrors' in read ? read.userErrors : [])];
    if (problems.length > 0 || !('target' in read)) return refused(...problems);
    const { target, signingSecret } = withSecret(read.target);
    const status = await this.#initialStatus(target);
    const id = randomUUID();
    const channel = await inTransaction(this.#context.manager, async (manager) => {
      const repository = new NotificationChannelRepository(manager);
      await repository.lockOwner(owner);
      if ((await repository.count(owner)) >= mostChannels) return null;
      const made = await repository.insert({
        ...this.#placed(id, target),
        id,
        ownerKind: owner.kind,
        ownerId: owner.id,
        kind: target.kind,
        name: input.name.trim(),
        status,
        offReason: null,
        kinds: input.kinds ? [...new Set(input.kinds)] : null,
        language: input.language ?? this.#context.channels.settings.language,
        failures: 0,
        testedAt: null,
        confirmationCode: null,
        confirmationTries: 0,
      });
      await this.#audit(manager, { action: 'channel.create', subject: subjectOf(id), after: told(made) });
      if (status === 'UNCONFIRMED') await this.#context.jobs.send(manager, sendChannelCodeJob, { channelId: id });
      return made;
    });
    const message = `Up to ${mostChannels} channels: delete one first.`;
    return channel ? { channel, signingSecret, userErrors: [] } : refused(channelError('TOO_MANY', ['input'], message));
  }

  /** What is given changes; a new target is read as a whole, and an address that is another is confirmed anew. */
  async update(input: ChannelChange): Promise<ChannelAnswer> {
    const read = input.target ? readTarget(input.target, this.#context.channels) : null;
    if (read && 'userErrors' in read) return refused(...read.userErrors);
    const given = read ? withSecret(read.target) : null;
    const statusOfNew = given ? await this.#initialStatus(given.target) : null;
    return this.#change(input.id, ['input', 'id'], async (manager, channel) => {
      const problems = this.#problemsOf(input, { kind: channel.ownerKind, id: channel.ownerId });
      if (given && given.target.kind !== channel.kind)
        problems.push(channelError('OTHER_KIND', ['input', 'target'], `This channel is of the kind ${channel.kind}.`));
      if (problems.length > 0) return refused(...problems);
      const isMoved = given !== null && !this.#leadsTo(channel, given.target);
      const values = {
        ...this.#plainChanges(input, channel),
        ...(isMoved ? this.#placed(channel.id, given.target) : {}),
      };
      const status = statusAfter(channel, input, isMoved ? statusOfNew : null);
      const after = { ...channel, ...values, status, offReason: offReasonAfter(channel, status) };
      const changed = await this.#save(manager, channel, after, isMoved);
      if (isMoved && status === 'UNCONFIRMED')
        await this.#context.jobs.send(manager, sendChannelCodeJob, { channelId: channel.id });
      return { channel: changed, signingSecret: isMoved ? given.signingSecret : null, userErrors: [] };
    });
  }

  delete(id: string): Promise<ChannelAnswer> {
    return this.#change(id, ['id'], async (manager, channel) => {
      await new NotificationChannelRepository(manager).delete(id);
      await this.#audit(manager, { action: 'channel.delete', subject: subjectOf(id), before: told(channel) });
      return { channel, userErrors: [] };
    });
  }

  /** The code proves that whoever made the channel reads what comes to the address. */
  confirm(id: string, code: string): Promise<ChannelAnswer> {
    return this.#change(id, ['id'], async (manager, channel) => {
      const { status, confirmationCode, confirmationTries } = channel;
      if (status !== 'UNCONFIRMED')
        return refused(channelError('NOT_UNCONFIRMED', ['id'], 'This channel needs no confirmation.'));
      const repository = new NotificationChannelRepository(manager);
      const sent = confirmationCode ? openCode(this.#context.channels.box, id, confirmationCode) : null;
      const isRight = sent !== null && confirmationTries < mostTries && isSame(sent, code.trim());
      if (!isRight) {
        await repository.update(channel, { confirmationTries: confirmationTries + 1 });
        return refused(channelError('WRONG_CODE', ['code'], 'This is not the code, or it was tried too often.'));
      }
      const after = {
        ...channel,
        status: 'ACTIVE',
        confirmationCode: null,
        confirmationTries: 0,
        testedAt: null,
      } as const;
      return { channel: await this.#save(manager, channel, after, false), userErrors: [] };
    });
  }

  #change(
    id: string,
    field: string[],
    work: (manager: EntityManager, channel: NotificationChannelEntity) => Promise<ChannelAnswer>,
  ): Promise<ChannelAnswer> {
    if (!isUUID(id)) return Promise.resolve(refused(notFound(field)));
    return inTransaction(this.#context.manager, async (manager) => {
      const access = accessOf(this.#context.viewer, 'change');
      const channel = await new NotificationChannelRepository(manager).lock(id, access);
      return channel ? work(manager, channel) : refused(notFound(field));
    });
  }

  #ownerOf({ forOrganization }: NewChannel): ChannelOwner | null {
    const { userId, organizationId } = accessOf(this.#context.viewer, 'change');
    if (forOrganization) return organizationId ? { kind: 'ORGANIZATION', id: organizationId } : null;
    return userId ? { kind: 'USER', id: userId } : null;
  }

  #problemsOf({ name, kinds, language }: Omit<ChannelChange, 'id'>, owner: ChannelOwner): UserError[] {
    const problems: UserError[] = [];
    if (typeof name === 'string' && !isName(name.trim()))
      problems.push(
        channelError('BAD_NAME', ['input', 'name'], `A name is one line of 1 to ${longestName} characters.`),
      );
    if (owner.kind === 'USER' && (kinds || language)) {
      const message = 'What you are told, and in which language, say your notification settings.';
      problems.push(channelError('NOT_FOR_PERSONS', ['input', kinds ? 'kinds' : 'language'], message));
    }
    return problems;
  }

  /** Addresses and numbers of chats can be guessed, and anybody written to: who has one made reads a code there first. */
  async #initialStatus(target: Target): Promise<'ACTIVE' | 'UNCONFIRMED'> {
    const { viewer, accounts } = this.#context;
    if (target.kind === 'TELEGRAM') return 'UNCONFIRMED';
    if (target.kind !== 'EMAIL') return 'ACTIVE';
    const own = viewer.kind === 'user' ? await accounts.emailOf(viewer.userId) : null;
    return own?.toLowerCase() === target.address.toLowerCase() ? 'ACTIVE' : 'UNCONFIRMED';
  }

  #placed(id: string, target: Target): Pick<NotificationChannelEntity, 'target' | 'maskedTarget'> {
    return { target: sealTarget(this.#context.channels.box, id, target), maskedTarget: maskedTarget(target) };
  }

  #leadsTo({ id, target }: NotificationChannelEntity, other: Target): boolean {
    return JSON.stringify(openTarget(this.#context.channels.box, id, target)) === JSON.stringify(other);
  }

  #plainChanges({ name, kinds, language }: ChannelChange, channel: NotificationChannelEntity) {
    return {
      ...(typeof name === 'string' ? { name: name.trim() } : {}),
      ...(language ? { language } : {}),
      ...(kinds === undefined || channel.ownerKind === 'USER' ? {} : { kinds: kinds ? [...new Set(kinds)] : null }),
    };
  }

  async #save(
    manager: EntityManager,
    before: NotificationChannelEntity,
    after: NotificationChannelEntity,
    isMoved: boolean,
  ): Promise<NotificationChannelEntity> {
    const [was, is] = [told(before), { ...told(after), ...(isMoved ? { target: 'another' } : {}) }];
    const isSaid = JSON.stringify(was) !== JSON.stringify(is);
    if (isSaid)
      await this.#audit(manager, { action: 'channel.update', subject: subjectOf(before.id), before: was, after: is });
    if (!isSaid && before.name === after.name) return before;
    return new NotificationChannelRepository(manager).update(before, { ...after, failures: 0 });
  }

  #audit(manager: EntityManager, act: AuditAct): Promise<void> {
    return recordAudit(this.#context.jobs, manager, this.#context, act);
  }
}
