import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsString } from 'class-validator';

/** A name, or a list of names; read as a list. */
export const Names = () =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? [value] : (value as unknown))),
    IsArray({ message: '$property must be a name or a list of names' }),
    IsString({ each: true, message: '$property must be a name or a list of names' }),
  );

/** A text, or a list of texts; read as a list. */
export const Texts = Names;

export const KINDS = ['same-youth', 'sibling', 'possibly-same-youth'] as const;
/** Which kind of match. */
export type Kind = (typeof KINDS)[number];
export const IsKind = () => IsIn(KINDS);
