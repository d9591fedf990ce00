import type { InvalidParam } from '#libs/problems';
import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ContactText, DayText, readDocument } from '../documents/index.js';
import { carriesWhiteText } from './rules/carries-white-text.rule.js';
import {
  categoryFault,
  formerlyKnownAs,
  knownKind,
  type CategoryFault,
} from './rules/organisation-category.rule.js';
import { SECTORS, type Sector } from './sectors.js';

const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const KEY_MESSAGE = 'Begin met een kleine letter en gebruik kleine letters, cijfers en koppeltekens.';
const MUNICIPALITY_CODE = {
  message: 'Vul de code van de gemeente in: vier cijfers tussen aanhalingstekens.',
};
const LIST = { message: 'Vul een lijst in.' };
/** A list of at most so many. */
const List = (most: number) =>
  applyDecorators(IsArray(LIST), ArrayMaxSize(most, { message: `Noem er ten hoogste ${most}.` }));
const MOST_ORGANISATIONS = 1_500;
/** The country has fewer. */
const MOST_MUNICIPALITIES = 400;
const MOST_KINDS = 100;
const SECTOR = {
  message: `De sector is een van: ${Object.entries(SECTORS)
    .map(([key, name]) => `${key} (${name})`)
    .join(', ')} (Jeugdwet 7.1.1.2 lid 1).`,
};
const KIND = {
  each: true,
  message: `Noem soorten organisatie zoals de ondertekenaars ze hebben. ${KEY_MESSAGE}`,
};
/** No script, handler, foreign content, entity, style sheet, or reference to anything but a part of the drawing itself. */
const DRAWS_ONLY =
  /^(?![\s\S]*(?:<\s*(?:[\w-]+:)?(?:script|foreignobject|iframe|object|embed|style|a|set|animate\w*|handler|listener)\b|<!(?!--)|<\?|[\s/"']on\w+\s*=|href\s*=\s*(?!["']#)|url\(\s*(?!["']?#)|&#))/i;
const WORKING_DAYS = { message: 'Vul een geheel aantal werkdagen in.' };

/** A municipality that takes part. */
export class CovenantMunicipality {
  /** Code of the national municipality table, four digits. */
  @Matches(/^\d{4}$/, MUNICIPALITY_CODE) code: string;
  @ContactText(80) name: string;
}

/** The document in which an organisation agreed to something of its own. Nothing of what it says is kept here. */
export class Addendum {
  @ContactText(100) name: string;
  @DayText() date: string;
}

/** An organisation that signed the covenant. */
export class CovenantOrganisation {
  /** Key of the organisation in the directory. */
  @Matches(KEY, { message: KEY_MESSAGE }) id: string;
  @ContactText(100) name: string;
  @IsIn(Object.keys(SECTORS), SECTOR)
  sector: Sector;
  /** The category, by which it may take part and the leading rule goes: a key of `ORGANISATION_KINDS`. Versions before it may have others. */
  @Matches(KEY, { message: KEY_MESSAGE })
  @MaxLength(40, { message: 'Gebruik ten hoogste 40 tekens.' })
  kind: string;
  /** Codes of the municipalities where it works, its seat first; none in a covenant without municipalities. */
  @List(MOST_MUNICIPALITIES)
  @ArrayUnique({ message: 'Noem elke gemeente één keer.' })
  @Matches(/^\d{4}$/, { each: true, ...MUNICIPALITY_CODE })
  municipalities: string[];
  /** Whether a law of its own lets the organisation use the BSN (Jeugdwet 7.1.4.2); else its people never see one. */
  @IsBoolean({ message: 'Vul true of false in (Jeugdwet 7.1.4.2 lid 2 en 3).' }) mayUseBsn: boolean;
  @ValidateIf(({ addendum }: CovenantOrganisation) => addendum !== undefined)
  @IsObject({ message: 'Vul naam en datum van het addendum in.' })
  @ValidateNested()
  @Type(() => Addendum)
  addendum?: Addendum;
}

/** What decides between organisations of the same kind, in the words of the covenant. */
export const TIE_BREAKS = ['municipality-of-youth', 'earliest-signal'] as const;
export type TieBreak = (typeof TIE_BREAKS)[number];

/** Who leads when professionals find each other. */
export class LeadingRule {
  /** Kinds of organisation that may lead, the first one first. */
  @List(MOST_KINDS)
  @ArrayUnique({ message: 'Noem elke soort organisatie één keer.' })
  @Matches(KEY, KIND)
  order: string[];

  /** Kinds of organisation that never lead. */
  @List(MOST_KINDS)
  @ArrayUnique({ message: 'Noem elke soort organisatie één keer.' })
  @Matches(KEY, KIND)
  never: string[];

  /** What decides among equals, the first one first; the last is always the earliest signal. */
  @List(MOST_KINDS)
  @ArrayUnique({ message: 'Noem elk kenmerk één keer.' })
  @IsIn(TIE_BREAKS, { each: true, message: `Bij gelijke soort beslist een van: ${TIE_BREAKS.join(', ')}.` })
  tieBreaks: TieBreak[];

  @IsIn(['process-manager'], { message: 'Leidt niemand, dan de procesmanager: process-manager.' })
  fallback: 'process-manager';
}

/** On which years the fifth of May is a holiday. */
export const LIBERATION_DAYS = ['every-year', 'every-five-years', 'never'] as const;
export type LiberationDay = (typeof LIBERATION_DAYS)[number];

/** Within which time professionals who matched are to be in contact (Jeugdwet 7.1.3.2). */
export class FollowUpTerms {
  /** Working days after which a match without contact counts as stalled. */
  @IsInt(WORKING_DAYS)
  @Min(1, { message: 'Ten minste 1 werkdag.' })
  @Max(60, { message: 'Ten hoogste 60 werkdagen.' })
  stalledAfterWorkingDays: number;

  /** Working days after which it is escalated. */
  @IsInt(WORKING_DAYS)
  @Min(1, { message: 'Ten minste 1 werkdag.' })
  @Max(60, { message: 'Ten hoogste 60 werkdagen.' })
  escalatedAfterWorkingDays: number;

  @IsIn(LIBERATION_DAYS, {
    message: `Bevrijdingsdag is een vrije dag: ${LIBERATION_DAYS.join(', ')}.`,
  })
  liberationDay: LiberationDay;
}

/** What mails about matches say. */
export class MailWording {
  /** Sectors of which a mail names no person and no organisation: they are seen after login only. */
  @List(MOST_KINDS)
  @ArrayUnique({ message: 'Noem elke sector één keer.' })
  @IsIn(Object.keys(SECTORS), { each: true, ...SECTOR })
  logInToSee: Sector[];
}

/** How contact details are kept right (Jeugdwet 7.1.3.3). */
export class ContactUpkeep {
  /** Months after which somebody is asked to confirm them again. */
  @IsInt({ message: 'Vul een geheel aantal maanden in.' })
  @Min(1, { message: 'Ten minste 1 maand.' })
  @Max(24, { message: 'Ten hoogste 24 maanden.' })
  confirmEveryMonths: number;
}

/** The functions that people of one kind of organisation may have. */
export class CovenantFunctions {
  @Matches(KEY, { message: KEY_MESSAGE }) kind: string;
  @IsArray(LIST)
  @ArrayNotEmpty({ message: 'Noem ten minste één functie.' })
  @ArrayMaxSize(100, { message: 'Noem ten hoogste 100 functies.' })
  @ArrayUnique({ message: 'Noem elke functie één keer.' })
  @ContactText(60, { each: true })
  names: string[];
}

/** How the index looks, so that people see whose it is. */
export class Appearance {
  /** Of header and buttons, behind white text: `#0b5c6b`. */
  @Matches(/^#[0-9a-f]{6}$/, { message: 'Vul een kleur in als #0b5c6b.' }) colour: string;
  /** A drawing in SVG, on that colour. */
  @ValidateIf(({ logo }: Appearance) => logo !== undefined)
  @Matches(/^\s*<svg [\s\S]*<\/svg>\s*$/, {
    message: 'Vul een tekening in SVG in: van <svg tot en met </svg>.',
  })
  @Matches(DRAWS_ONLY, {
    message:
      'Haal uit de tekening wat iets uitvoert of van elders komt: scripts, on…-attributen, verwijzingen.',
  })
  @MaxLength(20_000, { message: 'Gebruik ten hoogste 20.000 tekens.' })
  logo?: string;
}

/** What the participants agreed, as far as the index has to act on it (Jeugdwet 7.1.3.1). */
export class CovenantDocument {
  /** Name of the index, on screen and in mails. */
  @ContactText(80) name: string;
  /** Begins every signal number: `MN`. */
  @Matches(/^[A-Z]{2,6}$/, { message: 'Gebruik twee tot zes hoofdletters.' }) shortName: string;

  /** None for a national reporter, such as the Raad voor de Kinderbescherming. */
  @List(MOST_MUNICIPALITIES)
  @ValidateNested({ each: true })
  @Type(() => CovenantMunicipality)
  municipalities: CovenantMunicipality[];

  /** Months after which a signal is removed: 1 to 24 (Jeugdwet 7.1.4.5). */
  @IsInt({ message: 'Vul een geheel aantal maanden in.' })
  @Min(1, { message: 'De bewaartermijn is ten minste 1 maand.' })
  @Max(24, { message: 'De bewaartermijn is ten hoogste 24 maanden (Jeugdwet 7.1.4.5).' })
  retentionMonths: number;

  @List(MOST_ORGANISATIONS)
  @ArrayNotEmpty({ message: 'Noem ten minste één organisatie (Jeugdwet 7.1.3.1).' })
  @ValidateNested({ each: true })
  @Type(() => CovenantOrganisation)
  organisations: CovenantOrganisation[];

  @IsObject({ message: 'Vul in wie leidt (Jeugdwet 7.1.3.1).' })
  @ValidateNested()
  @Type(() => LeadingRule)
  leading: LeadingRule;

  @IsObject({ message: 'Vul in wanneer een match stilligt (Jeugdwet 7.1.3.2).' })
  @ValidateNested()
  @Type(() => FollowUpTerms)
  followUp: FollowUpTerms;

  @IsObject({ message: 'Vul in wat berichten noemen.' })
  @ValidateNested()
  @Type(() => MailWording)
  mails: MailWording;

  @IsObject({ message: 'Vul in hoe vaak contactgegevens worden bevestigd (Jeugdwet 7.1.3.3).' })
  @ValidateNested()
  @Type(() => ContactUpkeep)
  contacts: ContactUpkeep;

  /** Lists that take the place of the usual one of their kind; absent in a covenant from before them. */
  @ValidateIf(({ functions }: CovenantDocument) => functions !== undefined)
  @IsArray(LIST)
  @ArrayUnique(({ kind }: Partial<CovenantFunctions>) => kind, {
    message: 'Noem elke soort organisatie één keer.',
  })
  @ValidateNested({ each: true })
  @Type(() => CovenantFunctions)
  functions?: CovenantFunctions[];

  @ValidateIf(({ appearance }: CovenantDocument) => appearance !== undefined)
  @IsObject({ message: 'Vul kleur en logo in.' })
  @ValidateNested()
  @Type(() => Appearance)
  appearance?: Appearance;
}

/** Reads a covenant from its YAML text. @throws InvalidDocument that names every wrong part, in Dutch. */
export const readCovenant = (text: string): CovenantDocument =>
  readDocument('Het convenant', text, CovenantDocument, contradictions, {
    lines: 20_000,
    list: MOST_ORGANISATIONS,
  });

/** An organisation of a covenant whose kind is not in the table of kinds. */
export interface OtherKind {
  /** Name of the organisation. */
  organisation: string;
  kind: string;
  /** The kind of the table that it stands for; absent when nobody knows. */
  listedAs?: string;
}

/** Organisations whose kind is not in the table: their covenant was made before it, and goes on under its own words. */
export const otherKindsOf = ({ organisations }: CovenantDocument): OtherKind[] =>
  organisations
    .filter(({ kind }) => !knownKind(kind))
    .map(({ name, kind }) => {
      const listedAs = formerlyKnownAs(kind);
      return { organisation: name, kind, ...(listedAs === undefined ? {} : { listedAs }) };
    });

/** The organisation as it signed the covenant; undefined when it did not. */
export const signatory = (
  document: CovenantDocument,
  organisationId: string,
): CovenantOrganisation | undefined => document.organisations.find(({ id }) => id === organisationId);

function contradictions(covenant: CovenantDocument): InvalidParam[] {
  const { municipalities, organisations, leading, followUp, appearance } = covenant;
  const codes = municipalities.map(({ code }) => code);
  const wrong: InvalidParam[] = [];
  const say = (name: string, code: string, reason: string) => wrong.push({ name, code, reason });

  for (const place of repeated(codes))
    say(`municipalities[${place}].code`, 'unique', 'Deze gemeente staat er al.');
  for (const place of repeated(organisations.map(({ id }) => id)))
    say(`organisations[${place}].id`, 'unique', 'Deze organisatie staat er al.');
  organisations.forEach(({ municipalities: own }, place) => {
    if (own.length === 0 && codes.length > 0)
      say(
        `organisations[${place}].municipalities`,
        'missing',
        'Noem ten minste één gemeente: met een organisatie maakt een college afspraken (Jeugdwet 7.1.3.1).',
      );
    own.forEach((code, n) => {
      if (!codes.includes(code))
        say(
          `organisations[${place}].municipalities[${n}]`,
          'unknown',
          'Deze gemeente neemt geen deel aan het convenant (Jeugdwet 7.1.3.1).',
        );
    });
  });
  organisations.forEach((organisation, place) => {
    const fault = categoryFault(organisation, codes.length === 0);
    if (!fault) return;
    const { part, reason } = CATEGORY_FAULTS[fault];
    say(`organisations[${place}].${part}`, fault, reason);
  });
  for (const list of ['order', 'never'] as const)
    leading[list].forEach((kind, place) => {
      if (!knownKind(kind)) say(`leading.${list}[${place}]`, 'kind', CATEGORY_FAULTS.kind.reason);
    });
  leading.never.forEach((kind, place) => {
    if (leading.order.includes(kind))
      say(`leading.never[${place}]`, 'contradiction', 'Deze soort organisatie staat ook in order.');
  });
  if (leading.tieBreaks.at(-1) !== 'earliest-signal')
    say(
      'leading.tieBreaks',
      'order',
      'Eindig met earliest-signal: het vroegste signaal geeft altijd uitsluitsel.',
    );
  if (followUp.escalatedAfterWorkingDays <= followUp.stalledAfterWorkingDays)
    say(
      'followUp.escalatedAfterWorkingDays',
      'contradiction',
      'Opschalen volgt op stilliggen: kies meer werkdagen dan bij stalledAfterWorkingDays (Jeugdwet 7.1.3.2).',
    );
  if (appearance && !carriesWhiteText(appearance.colour))
    say(
      'appearance.colour',
      'contrast',
      'Op deze kleur is witte tekst slecht te lezen: kies een donkerder kleur (WCAG 1.4.3).',
    );
  return wrong;
}

/** Which part of an organisation is wrong, and why. */
const CATEGORY_FAULTS: Record<CategoryFault, { part: 'kind' | 'mayUseBsn'; reason: string }> = {
  kind: {
    part: 'kind',
    reason: 'Deze soort organisatie staat niet in de lijst (Besluit Jeugdwet 7.1.1 tot en met 7.1.7).',
  },
  sector: {
    part: 'kind',
    reason: 'Deze soort organisatie hoort niet bij deze sector (Besluit Jeugdwet 7.1.1 tot en met 7.1.7).',
  },
  bsn: {
    part: 'mayUseBsn',
    reason: 'Geen wet geeft deze soort organisatie recht op het BSN: vul false in (Jeugdwet 7.1.4.2).',
  },
  national: {
    part: 'kind',
    reason: 'De Raad voor de Kinderbescherming neemt alleen landelijk deel, niet in een regio.',
  },
};

function repeated(values: string[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, place) => (seen.size === seen.add(value).size ? [place] : []));
}
