import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, IsString, Max, Min, ValidateIf } from 'class-validator';

export const CHANGES = ['admit', 'suspend', 'readmit', 'remove'] as const;
export type Change = (typeof CHANGES)[number];

/** A region as it stands in the register. */
export class MemberView {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['admitted', 'suspended', 'removed'] }) state: 'admitted' | 'suspended' | 'removed';
  @ApiProperty({ type: [String], description: 'Municipality codes.' }) municipalities: string[];
  @ApiProperty({ type: 'integer', description: 'Evaluations a day at each key holder.' }) dailyQuota: number;
  @ApiProperty({ description: 'Public key that signs its messages, Ed25519 in base64url.' })
  signingKey: string;
  @ApiProperty({ description: 'Public key that cards are sealed to, X25519 in base64url.' }) cardKey: string;
  @ApiProperty({ description: 'Subject of its certificate.' }) certificateSubject: string;
}

/** The register in force, and who follows it. */
export class MembershipView {
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ format: 'date-time' }) issuedAt: string;
  @ApiProperty({ type: 'integer' }) epoch: number;
  @ApiProperty({ description: 'Whether the streams are those of this version.' }) relayFollows: boolean;
  @ApiProperty({
    type: Boolean,
    nullable: true,
    description: 'Whether the hub lets in the admitted regions and no others; null when it does not answer.',
  })
  hubFollows: boolean | null;
  @ApiProperty({ type: [MemberView] }) regions: MemberView[];
}

/** A change that the coordinator thinks of. */
export class ChangeRequest {
  @ApiProperty({ enum: CHANGES })
  @IsIn(CHANGES)
  change: Change;

  @ApiProperty({ required: false, description: 'The region, unless it is to be admitted.' })
  @ValidateIf(({ change }: ChangeRequest) => change !== 'admit')
  @IsString()
  region?: string;

  @ApiProperty({
    required: false,
    type: Object,
    description: 'What a region that is to be admitted applies with.',
  })
  @ValidateIf(({ change }: ChangeRequest) => change === 'admit')
  @IsObject()
  application?: object;

  @ApiProperty({ required: false, type: 'integer', minimum: 0, maximum: 1_000_000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  dailyQuota?: number;
}

/** A change that can be made: what the coordinator has to sign. */
export class ChangeView {
  @ApiProperty({ type: 'integer', description: 'Version that the register gets.' }) version: number;
  @ApiProperty({ type: MemberView, description: 'The region as it will stand in it.' }) region: MemberView;
  @ApiProperty({ description: 'What to run where the coordinator signs.' }) command: string;
}
