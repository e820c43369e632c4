import { randomUUID } from 'node:crypto';
import type { RecipientUser } from '@gastronom/shared/notification';
import type { UserViewer } from '@gastronom/shared/viewer';
import { sendNotificationsJob } from '../notification/send-notifications.ts';
import { NotificationGraph } from './notification-graph.ts';
import { orderPlaced, supplierOrderChanged } from './order-events.ts';

/** A supplier whose people are told of orders. */
export class Dairy {
  readonly id = randomUUID();
  readonly buyer = { kind: 'ORGANIZATION', id: randomUUID() } as const;

  private constructor(readonly graph: NotificationGraph) {
    graph.accounts.organizations.set(this.id, 'Dairy');
  }

  static async open(): Promise<Dairy> {
    return new Dairy(await NotificationGraph.open());
  }

  /** One more of its people. */
  person(settings: Partial<RecipientUser> = {}): UserViewer {
    return this.graph.person({ memberships: [{ organizationId: this.id, role: 'MEMBER' }], ...settings });
  }

  /** One more thing that they are told: plain, or such as waits for nothing. */
  async tell(urgency: 'plain' | 'urgent' = 'plain'): Promise<void> {
    const { graph, buyer, id } = this;
    if (urgency === 'plain') await graph.publish('OrderPlaced', orderPlaced(buyer, null, [id]));
    else await graph.publish('SupplierOrderChanged', supplierOrderChanged(buyer, id, { to: 'CANCELLED' }));
    await graph.settled();
  }

  /** As if the moment had come that something waits for. */
  async timePasses(): Promise<void> {
    const { subgraph } = this.graph;
    await subgraph.ownerQuery('UPDATE integrations.notification_lanes SET paused_until = NULL');
    const lanes = await subgraph.ownerQuery<{ lane: string }>(
      `UPDATE integrations.notification_deliveries SET due_at = now() WHERE status = 'PENDING' RETURNING lane`,
    );
    for (const lane of new Set(lanes.map((row) => row.lane)))
      await subgraph.jobs.send(subgraph.dataSource.manager, sendNotificationsJob, { lane });
    await this.graph.settled();
  }

  /** The tries on a channel, but for the code that confirmed it. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async log(viewer: UserViewer, channelId: string): Promise<any[]> {
    const { log } = await this.graph.do('one', { id: channelId }, viewer);
    return log.nodes.filter(({ purpose }: { purpose: string }) => purpose !== 'CONFIRMATION');
  }

  /** How its people's deliveries stand, in their order. */
  async statuses(): Promise<string[]> {
    const rows = await this.graph.subgraph.ownerQuery<{ status: string }>(
      `SELECT d.status FROM integrations.notification_deliveries d JOIN integrations.notifications n
         ON n.id = d.notification_id WHERE n.recipient_id = ANY ($1) ORDER BY d.id`,
      [[...this.graph.accounts.users.keys(), this.id]],
    );
    return rows.map(({ status }) => status);
  }
}
