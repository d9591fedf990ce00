import { applyDecorators } from '@nestjs/common';
import {
  isEmail,
  IsNotEmpty,
  IsString,
  Matches,
  MaxLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { PHONE_NUMBER, PLAIN_TEXT } from '#libs/protocol';
import { nameFault, type NameFault } from './rules/person-name.rule.js';
import { wordsFault, type WordsFault } from './rules/plain-words.rule.js';

/** Refuses a text for the fault that a rule finds in it; what is empty, or no text, others refuse. */
const WithoutFault = <F extends string>(
  name: string,
  faultOf: (text: string) => F | undefined,
  reasons: Readonly<Record<F, string>>,
  options?: ValidationOptions,
) => {
  const reasonFor = (value: unknown): string | undefined => {
    const fault = typeof value === 'string' && value !== '' ? faultOf(value) : undefined;
    return fault && reasons[fault];
  };
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => reasonFor(value) === undefined,
        // of a list, the first text with a fault
        defaultMessage: (args) => [args?.value].flat().map(reasonFor).find(Boolean) ?? '',
      },
    },
    options,
  );
};

const NO_TEXT = 'Vul een tekst in.';

const WORDS_REASONS: Record<WordsFault, string> = {
  empty: NO_TEXT,
  invisible: 'Hier staat een teken dat niet te zien is. Typ de tekst opnieuw.',
  mixed: 'Hier staan letters van verschillende alfabetten in één woord. Typ dat woord opnieuw.',
  formula: 'Begin niet met =, +, - of @.',
};

const NAME_REASONS: Record<NameFault, string> = {
  letters: 'Schrijf de naam met Latijnse letters, zoals in een document.',
  sign: 'Gebruik in een naam alleen letters, spaties, streepjes en apostrofs.',
  stop: 'Zet in een naam alleen een punt achter een voorletter.',
  words: 'Gebruik in een naam ten hoogste 8 woorden.',
  long: 'Gebruik in een naam ten hoogste 80 tekens.',
};

/** Of one alphabet in each word, visible, and no formula. */
const PlainWords = (options?: ValidationOptions) =>
  WithoutFault('plainWords', wordsFault, WORDS_REASONS, options);

/** A text that others see in contact cards and mails, at most `length` characters. */
export const ContactText = (length: number, options: { each?: boolean } = {}) =>
  applyDecorators(
    IsString({ ...options, message: NO_TEXT }),
    IsNotEmpty({ ...options, message: NO_TEXT }),
    MaxLength(length, { ...options, message: `Gebruik ten hoogste ${length} tekens.` }),
    Matches(PLAIN_TEXT, {
      ...options,
      message: 'Gebruik gewone tekst, zonder < of >, regeleinden en webadressen.',
    }),
    PlainWords(options),
  );

/** The name of a person, in the letters and signs of the person register. */
export const PersonName = () =>
  applyDecorators(
    IsString({ message: NO_TEXT }),
    IsNotEmpty({ message: NO_TEXT }),
    WithoutFault('personName', (name) => nameFault(name) ?? wordsFault(name), {
      ...WORDS_REASONS,
      ...NAME_REASONS,
    }),
  );

/** No program takes it for a formula: a `+` stands before digits only. */
const DIALLED = /^(?:\+?[0-9(]).*[0-9].*[0-9]/s;

/** A telephone number for people: 3 to 20 characters of digits, `+`, `(`, `)`, hyphen and space. */
export const PhoneNumber = () =>
  applyDecorators(
    Matches(PHONE_NUMBER, { message: 'Vul een telefoonnummer in van 3 tot 20 tekens.' }),
    WithoutFault(
      'dialled',
      (text) => (PHONE_NUMBER.test(text) && !DIALLED.test(text) ? 'begin' : undefined),
      {
        begin: 'Begin een telefoonnummer met een cijfer, een haakje of een +.',
      },
    ),
  );

/** The part before the @ holds no letters outside ASCII, which many mail servers do not take (RFC 6531), and is not quoted. */
const PLAIN_LOCAL_PART = /^(?!.*["\\\u0080-\u{10ffff}].*@)/su;
/** Written as people read it: what punycode stands for is not to be seen, and letters of other alphabets look like Latin ones. */
const READABLE_DOMAIN = /^(?!.*@(?:.*\.)?xn--)(?!.*@.*(?!\p{Script=Latin})\p{L})/isu;

/** As `IsEmail`, which throws at half of a surrogate pair and looks at texts of any length. */
const IsMailAddress = () =>
  ValidateBy({
    name: 'isEmail',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.length <= 320 && !/\p{Surrogate}/u.test(value) && isEmail(value),
      defaultMessage: () => 'Vul een e-mailadres in.',
    },
  });

/** A mail address that every mail server takes, at most 100 characters. The domain may have other Latin letters: it is sent as punycode. */
export const EmailAddress = () =>
  applyDecorators(
    IsMailAddress(),
    MaxLength(100, { message: 'Gebruik ten hoogste 100 tekens.' }),
    Matches(PLAIN_LOCAL_PART, {
      message:
        'Gebruik voor de @ in het e-mailadres alleen de letters a tot en met z, cijfers en leestekens. Aanhalingstekens mogen niet.',
    }),
    Matches(READABLE_DOMAIN, {
      message: 'Schrijf achter de @ van het e-mailadres de naam zoals die is, met Latijnse letters.',
    }),
    Matches(PLAIN_TEXT, { message: 'Vul een e-mailadres in.' }),
    PlainWords(),
  );
