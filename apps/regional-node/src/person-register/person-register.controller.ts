import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Clock, DAY } from '#libs/clock';
import { DataSource } from 'typeorm';
import { Roles } from '../access/index.js';
import { RegionalNodeConfig } from '../config.js';
import { ASKED_FIELDS, FIELD_NAMES, lossWithout, type AskedFieldName } from './asked-fields.js';
import { AUTHORITY_FIELD } from './authority.js';
import { RegisterState } from './register-state.js';

/** Signals whose youth was not verified for so long are shown: every night all are asked about. */
const VERIFIED_WITHIN = 2 * DAY;

/** What the register refuses, in its own words. */
export class RefusalShown {
  @ApiProperty({ enum: ['register', 'token', 'tls'], description: 'What refused.' })
  by: 'register' | 'token' | 'tls';
  @ApiPropertyOptional({ description: 'HTTP status, where there was one.' }) status?: number;
  @ApiPropertyOptional({ example: 'unauthorizedField', description: 'Its own code.' }) code?: string;
  @ApiPropertyOptional({ example: ['fields[5]'], description: 'The parameters that it names.' })
  parameters?: string[];
  @ApiProperty({ format: 'date-time' }) since: string;
  @ApiProperty({ format: 'date-time' }) lastAt: string;
}

/** A field of the register (`FieldShown.name`), and why it is asked for. */
export class FieldShown {
  @ApiProperty({ example: 'ouders.burgerservicenummer' }) name: string;
  @ApiProperty({ description: 'What the node does with it.' }) use: string;
  @ApiProperty({ description: 'The articles of law for which it is needed.' }) ground: string;
  @ApiProperty({ description: 'Whether it is asked for, or switched off.' }) asked: boolean;
  @ApiProperty({
    nullable: true,
    type: String,
    description: 'What the node does not do without it; null for a field that cannot be switched off.',
  })
  without: string | null;
}

export class PersonRegisterShown {
  @ApiProperty({ nullable: true, type: RefusalShown, description: 'Null when nothing is refused.' })
  refusal: RefusalShown | null;
  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'When it last answered this instance of the node; null when not since the start.',
  })
  lastAnswerAt: string | null;
  @ApiProperty({ description: 'Youths about whom it gave no answer that can be read for two days.' })
  notVerified: number;
  @ApiProperty({
    description: 'False when the parents are not asked for: only signals on the same youth match.',
  })
  siblingsCompared: boolean;
  @ApiProperty({ type: [FieldShown] }) fields: FieldShown[];
}

/** The connection with the person register, for the operator. */
@ApiTags('person-register')
@Controller('person-register')
export class PersonRegisterController {
  constructor(
    private readonly state: RegisterState,
    private readonly config: RegionalNodeConfig,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles('operator')
  @ApiOperation({ summary: 'See how the person register answers, and what it refuses' })
  @ApiOkResponse({ type: PersonRegisterShown })
  async show(): Promise<PersonRegisterShown> {
    const { refusal, lastAnswerAt } = this.state;
    const before = new Date(this.clock.now().getTime() - VERIFIED_WITHIN);
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `select count(*)::int as count from youth where bsn_index is not null and verified_at < $1`,
      [before],
    );
    return {
      refusal: refusal
        ? { ...refusal, since: refusal.since.toISOString(), lastAt: refusal.lastAt.toISOString() }
        : null,
      lastAnswerAt: lastAnswerAt?.toISOString() ?? null,
      notVerified: row.count,
      siblingsCompared: this.isAsked('ouders.burgerservicenummer'),
      fields: FIELD_NAMES.map((name) => {
        const { use, ground } = ASKED_FIELDS[name];
        return { name, use, ground, asked: this.isAsked(name), without: lossWithout(name) ?? null };
      }),
    };
  }

  private isAsked(name: AskedFieldName): boolean {
    const { personRegisterFieldsOff: off, personRegisterAuthority } = this.config;
    return !off.includes(name) && (name !== AUTHORITY_FIELD || personRegisterAuthority);
  }
}
