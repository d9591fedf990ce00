import { applyDecorators } from '@nestjs/common';
import { IsEmail, IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

/** Text that may stand in a contact card and a mail: no control or invisible characters, no markup, no address of a page. */
const PLAIN = /^(?!.*(?::\/\/|www\.))[^\p{C}\p{Zl}\p{Zp}<>]*$/iu;

/** A name or function that goes into contact cards and mails, at most `length` characters. */
export const ContactText = (length: number) =>
  applyDecorators(
    IsString({ message: 'Vul een tekst in.' }),
    IsNotEmpty({ message: 'Vul een tekst in.' }),
    MaxLength(length, { message: `Gebruik ten hoogste ${length} tekens.` }),
    Matches(PLAIN, { message: 'Gebruik gewone tekst, zonder < of >, regeleinden en webadressen.' }),
  );

/** A telephone number for people: at most 20 characters of digits, `+`, `(`, `)`, hyphen and space. */
export const PhoneNumber = () =>
  applyDecorators(
    Matches(/^[0-9+() -]{1,20}$/, { message: 'Vul een telefoonnummer in van ten hoogste 20 tekens.' }),
  );

/** A mail address, at most 100 characters. */
export const EmailAddress = () =>
  applyDecorators(
    IsEmail({ allow_display_name: false }, { message: 'Vul een e-mailadres in.' }),
    MaxLength(100, { message: 'Gebruik ten hoogste 100 tekens.' }),
    Matches(PLAIN, { message: 'Vul een e-mailadres in.' }),
  );
