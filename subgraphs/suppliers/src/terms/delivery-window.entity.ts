import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A time of the week at which a supplier delivers. Times are local, as `08:00:00`. */
@Entity('delivery_windows')
export class DeliveryWindowEntity {
  @PrimaryColumn('uuid')
  supplierId!: string;

  /** 1 is Monday, as ISO 8601 has it. */
  @PrimaryColumn('int')
  weekday!: number;

  @PrimaryColumn('time')
  fromTime!: string;

  @Column('time')
  toTime!: string;

  /** Null for the supplier's own. */
  @Column('int', { nullable: true })
  cutOffDays!: number | null;

  @Column('time', { nullable: true })
  cutOffTime!: string | null;
}
