import { applyDecorators } from '@nestjs/common';
import { isEmail, IsNotEmpty, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { PHONE_NUMBER, PLAIN_TEXT } from '#libs/protocol';

/** A name or function that goes into contact cards and mails, at most `length` characters. */
export const ContactText = (length: number) =>
  applyDecorators(
    IsString({ message: 'Vul een tekst in.' }),
    IsNotEmpty({ message: 'Vul een tekst in.' }),
    MaxLength(length, { message: `Gebruik ten hoogste ${length} tekens.` }),
    Matches(PLAIN_TEXT, { message: 'Gebruik gewone tekst, zonder < of >, regeleinden en webadressen.' }),
  );

/** A telephone number for people: 3 to 20 characters of digits, `+`, `(`, `)`, hyphen and space. */
export const PhoneNumber = () =>
  applyDecorators(Matches(PHONE_NUMBER, { message: 'Vul een telefoonnummer in van 3 tot 20 tekens.' }));

/** The part before the @ holds no letters outside ASCII, which many mail servers do not take (RFC 6531), and is not quoted. */
const PLAIN_LOCAL_PART = /^(?!.*["\\\u0080-\u{10ffff}].*@)/su;

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

/** A mail address that every mail server takes, at most 100 characters. The domain may have other letters: it is sent as punycode. */
export const EmailAddress = () =>
  applyDecorators(
    IsMailAddress(),
    MaxLength(100, { message: 'Gebruik ten hoogste 100 tekens.' }),
    Matches(PLAIN_LOCAL_PART, {
      message:
        'Gebruik voor de @ in het e-mailadres alleen de letters a tot en met z, cijfers en leestekens. Aanhalingstekens mogen niet.',
    }),
    Matches(PLAIN_TEXT, { message: 'Vul een e-mailadres in.' }),
  );
