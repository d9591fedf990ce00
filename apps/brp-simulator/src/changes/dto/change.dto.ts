import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsNotEmptyObject, IsOptional, Matches, ValidateNested } from 'class-validator';
import type { PersonChange } from '../../register/index.js';
import { IsDay } from './is-day.js';

export class ChangeDto implements PersonChange {
  @IsOptional()
  @Matches(/^\d{4}$/)
  gemeenteVanInschrijving?: string;

  @IsOptional()
  @IsDay()
  geboorte?: string;

  @IsOptional()
  @IsDay()
  overlijden?: string;

  @IsOptional()
  @IsBoolean()
  geheimhouding?: boolean;
}

/** Something that happens to one person; at least one change. */
export class PersonChangeDto {
  @Matches(/^\d{9}$/)
  burgerservicenummer: string;

  @IsDefined()
  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => ChangeDto)
  change: ChangeDto;
}
