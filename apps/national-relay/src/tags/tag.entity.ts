import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';

/** A tag that is present in a region, under the handle that the region gave it. All that the relay keeps of anybody. */
@Entity('tag')
@Index('tag_peppered_tag_idx', ['pepperedTag'])
export class Tag {
  @PrimaryColumn('text') region: string;
  /** 16 random bytes of the region; used once and never again. */
  @PrimaryColumn('bytea') handle: Buffer;
  /** HMAC-SHA256 of the tag under the pepper, 32 bytes. The tag itself is not kept. */
  @Column('bytea', { name: 'peppered_tag' }) pepperedTag: Buffer;
  @Column('int') epoch: number;
  /** Of the archive: it matches nobody, and is only looked for when a region asks. */
  @Column('boolean', { default: false }) archived: boolean;
  /** The version of this state at its region. */
  @Column('int') incarnation: number;
  @Column('bigint') n: string;
  /** Order of arrival over all regions: of two equal tags, the later one's side sends its card first. */
  @Column('bigint') @Generated('increment') arrival: string;
  @Column('timestamptz', { name: 'put_at' }) putAt: Date;
}
