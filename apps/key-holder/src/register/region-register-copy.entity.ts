import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The newest region register that this holder has accepted, exactly as the coordinator signed it. */
@Entity('region_register_copy')
export class RegionRegisterCopy {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'region_register_copy_pkey' }) version: number;
  @Column('text') document: string;
  @Column('text') signature: string;
}
