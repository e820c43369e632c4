import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A date on which a supplier does not deliver as on others of its weekday: a holiday, or a day that is added. */
@Entity('delivery_exceptions')
export class DeliveryExceptionEntity {
  @PrimaryColumn('uuid')
  supplierId!: string;

  /** As `2026-12-24`. */
  @PrimaryColumn('date')
  onDate!: string;

  @Column('boolean')
  isClosed!: boolean;

  @Column('time', { nullable: true })
  fromTime!: string | null;

  @Column('time', { nullable: true })
  toTime!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;
}
