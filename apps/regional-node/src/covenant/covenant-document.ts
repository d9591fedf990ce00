import type { InvalidParam } from '#libs/problems';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ContactText, readDocument } from '../documents/index.js';

/** The six sectors of which organisations may take part (Jeugdwet 7.1.1.2), with their names on screen. */
export const SECTORS = {
  'youth-care': 'jeugdhulp',
  'health-care': '(jeugd)gezondheidszorg',
  'social-support': 'maatschappelijke ondersteuning',
  education: 'onderwijs',
  'work-income': 'werk en inkomen',
  'police-justice': 'politie en justitie',
} as const;
export type Sector = keyof typeof SECTORS;

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KEY_MESSAGE = 'Gebruik kleine letters, cijfers en koppeltekens.';
const MUNICIPALITY_CODE = {
  message: 'Vul de code van de gemeente in: vier cijfers tussen aanhalingstekens.',
};

/** A municipality that takes part. */
export class CovenantMunicipality {
  /** Code of the national municipality table, four digits. */
  @Matches(/^\d{4}$/, MUNICIPALITY_CODE) code: string;
  @ContactText(80) name: string;
}

/** An organisation that signed the covenant. */
export class CovenantOrganisation {
  /** Key of the organisation in the directory. */
  @Matches(KEY, { message: KEY_MESSAGE }) id: string;
  @ContactText(100) name: string;
  @IsIn(Object.keys(SECTORS), {
    message: `De sector is een van: ${Object.entries(SECTORS)
      .map(([key, name]) => `${key} (${name})`)
      .join(', ')}.`,
  })
  sector: Sector;
  /** What the leading rule goes by: `certified-institution`, `neighbourhood-team`, `school`… */
  @Matches(KEY, { message: KEY_MESSAGE }) kind: string;
  @Matches(/^\d{4}$/, MUNICIPALITY_CODE) municipality: string;
  /** Whether a law of its own lets the organisation use the BSN (Jeugdwet 7.1.4.2); else its people never see one. */
  @IsBoolean({ message: 'Vul true of false in.' }) mayUseBsn: boolean;
}

/** Who leads when professionals find each other. */
export class LeadingRule {
  /** Kinds of organisation that may lead, the first one first. */
  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayUnique({ message: 'Noem elke soort organisatie één keer.' })
  @Matches(KEY, { each: true, message: KEY_MESSAGE })
  order: string[];

  /** Kinds of organisation that never lead. */
  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayUnique({ message: 'Noem elke soort organisatie één keer.' })
  @Matches(KEY, { each: true, message: KEY_MESSAGE })
  never: string[];

  @IsIn(['earliest-signal'], { message: 'Bij gelijke soort beslist het vroegste signaal: earliest-signal.' })
  tieBreak: 'earliest-signal';

  @IsIn(['process-manager'], { message: 'Leidt niemand, dan de procesmanager: process-manager.' })
  fallback: 'process-manager';
}

/** What the participants agreed, as far as the index has to act on it (Jeugdwet 7.1.3.1). */
export class CovenantDocument {
  /** Name of the index, on screen and in mails. */
  @ContactText(80) name: string;
  /** Begins every signal number: `MN`. */
  @Matches(/^[A-Z]{2,6}$/, { message: 'Gebruik twee tot zes hoofdletters.' }) shortName: string;

  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayNotEmpty({ message: 'Noem ten minste één gemeente.' })
  @ValidateNested({ each: true })
  @Type(() => CovenantMunicipality)
  municipalities: CovenantMunicipality[];

  /** Months after which a signal is removed: 1 to 24 (Jeugdwet 7.1.4.5). */
  @IsInt({ message: 'Vul een geheel aantal maanden in.' })
  @Min(1, { message: 'De bewaartermijn is ten minste 1 maand.' })
  @Max(24, { message: 'De bewaartermijn is ten hoogste 24 maanden (Jeugdwet 7.1.4.5).' })
  retentionMonths: number;

  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayNotEmpty({ message: 'Noem ten minste één organisatie.' })
  @ValidateNested({ each: true })
  @Type(() => CovenantOrganisation)
  organisations: CovenantOrganisation[];

  @IsObject({ message: 'Vul in wie leidt.' })
  @ValidateNested()
  @Type(() => LeadingRule)
  leading: LeadingRule;
}

/** Reads a covenant from its YAML text. @throws InvalidDocument that names every wrong part, in Dutch. */
export const readCovenant = (text: string): CovenantDocument =>
  readDocument('Het convenant', text, CovenantDocument, contradictions);

/** The organisation as it signed the covenant; undefined when it did not. */
export const signatory = (
  document: CovenantDocument,
  organisationId: string,
): CovenantOrganisation | undefined => document.organisations.find(({ id }) => id === organisationId);

function contradictions({ municipalities, organisations, leading }: CovenantDocument): InvalidParam[] {
  const codes = municipalities.map(({ code }) => code);
  const ids = organisations.map(({ id }) => id);
  return [
    ...repeated(codes).map((place) => ({
      name: `municipalities[${place}].code`,
      code: 'unique',
      reason: 'Deze gemeente staat er al.',
    })),
    ...repeated(ids).map((place) => ({
      name: `organisations[${place}].id`,
      code: 'unique',
      reason: 'Deze organisatie staat er al.',
    })),
    ...organisations.flatMap(({ municipality }, place) =>
      codes.includes(municipality)
        ? []
        : [
            {
              name: `organisations[${place}].municipality`,
              code: 'unknown',
              reason: 'Deze gemeente neemt geen deel aan het convenant.',
            },
          ],
    ),
    ...leading.never.flatMap((kind, place) =>
      leading.order.includes(kind)
        ? [
            {
              name: `leading.never[${place}]`,
              code: 'contradiction',
              reason: 'Deze soort organisatie staat ook in order.',
            },
          ]
        : [],
    ),
  ];
}

const repeated = (values: string[]): number[] =>
  values.flatMap((value, place) => (values.indexOf(value) < place ? [place] : []));
