import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidField } from '#libs/problems';

/** The largest number that the database has a place for. */
const MOST = 2 ** 31 - 1;

/** The number of a version in an address. @throws Problem `invalid-input` */
@Injectable()
export class VersionNumber implements PipeTransform<string, number> {
  transform(value: string): number {
    const version = Number(value);
    if (!/^\d{1,10}$/.test(value) || version > MOST)
      throw invalidField('version', 'version', 'Vul een versienummer in.');
    return version;
  }
}
