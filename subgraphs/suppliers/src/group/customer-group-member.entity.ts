import { CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A restaurant in a group. */
@Entity('customer_group_members')
export class CustomerGroupMemberEntity {
  @PrimaryColumn('uuid')
  groupId!: string;

  @PrimaryColumn('uuid')
  organizationId!: string;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  addedAt!: Date;
}
