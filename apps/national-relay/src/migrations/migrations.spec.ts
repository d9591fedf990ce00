import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { databaseOptions } from '#libs/database';
import { checkSchema } from '../../../../test/database/schema-checks.js';
import { ENTITIES } from '../entities.js';
import { MIGRATIONS } from './index.js';

describe('the schema of the relay', () => {
  checkSchema(
    (url) => databaseOptions(url, ENTITIES, MIGRATIONS),
    fileURLToPath(new URL('schema.sql', import.meta.url)),
  );
});
