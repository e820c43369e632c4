import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A host whose pages, and those of the hosts below it, are a store’s: one store of an owner has it. */
@Entity('store_domains')
export class StoreDomainEntity {
  @PrimaryColumn('uuid')
  ownerId!: string;

  /** In lower case, in ASCII (Punycode), without port. */
  @PrimaryColumn('text')
  domain!: string;

  @Column('uuid')
  storeId!: string;

  @Column('int')
  position!: number;
}
