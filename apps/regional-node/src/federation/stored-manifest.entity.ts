import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The key manifest of an epoch, pinned at first sight: another one for the same epoch is never accepted. */
@Entity('stored_manifest')
export class StoredManifest {
  @PrimaryColumn('int', { primaryKeyConstraintName: 'stored_manifest_pkey' }) epoch: number;
  @Column('text') document: string;
  @Column('jsonb') signatures: { keyHolder: string; signature: string }[];
}
