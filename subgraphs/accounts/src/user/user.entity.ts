import type { Role } from '@gastronom/shared/viewer';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** A person, mirrored from Clerk. The role stands here and nowhere else. */
@Entity('users')
export class UserEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Clerk's id of the person, `user_…`: the `sub` of their session tokens. Of who is expected, see `expectedId`. */
  @Column('text', { unique: true })
  clerkUserId!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text')
  role!: Role;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  /** When the person first came with a token; null of one whom only Clerk's events told of. */
  @Column('timestamptz', { nullable: true })
  signedInAt!: Date | null;

  /** Locked out at Clerk. */
  @Column('timestamptz', { nullable: true })
  bannedAt!: Date | null;

  /** The person is gone; e-mail and name with them. The id stays, since orders point at it. */
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  /** Clerk's clock of what this row says. */
  @Column('timestamptz', { nullable: true })
  clerkUpdatedAt!: Date | null;
}
