import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { populationDocuments } from './documents.js';

const folder = process.argv[2];
if (!folder) {
  process.stderr.write('usage: generate.js <folder to write persons.json and README.md to>\n');
  process.exit(1);
}
for (const [name, content] of Object.entries(populationDocuments()))
  writeFileSync(join(folder, name), content);
