/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { reasonIn } from './reasons.js';
import { en } from './texts.en.js';

const FOLDERS = ['apps/regional-node/src', 'apps/national-relay/src', 'libs/problems/src', 'libs/login/src'];

/** Where sentences for people stand in the programs: properties, calls and constants of these names. */
const SAID = /^(message|reason|invalidField|say|refusal|REASONS|REFUSED)$/;

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => path.join(folder, file)),
).map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));

/** Every Dutch sentence about a field or a request that a program can say, as far as it is written out; and what its works are called. */
function sentences(): string[] {
  const found = new Set<string>();
  for (const { text } of sources)
    for (const [, title] of text.matchAll(/@ScheduledWork\(\{[^}]*?title: '([^']+)'/g)) found.add(title!);
  const visit = (node: ts.Node, said: boolean): void => {
    const name =
      ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)
        ? node.name.getText()
        : ts.isCallExpression(node)
          ? node.expression.getText()
          : undefined;
    const within = said || (name !== undefined && SAID.test(name));
    if (within && ts.isStringLiteralLike(node) && /^[A-Z].*\.$/.test(node.text)) found.add(node.text);
    ts.forEachChild(node, (child) => visit(child, within));
  };
  for (const source of sources) visit(source, false);
  return [...found];
}

describe('what the APIs say in Dutch', () => {
  it('has an English sentence', () => {
    const all = sentences();
    expect(all.length).toBeGreaterThan(80);
    expect(all).toContain('Herinneren aan signalen die aflopen');
    expect(all.filter((sentence) => reasonIn('en', sentence) === undefined)).toEqual([]);
  });

  it.each([
    ['Gebruik ten hoogste 60 tekens.', 'Use at most 60 characters.'],
    [
      'Op regel 5 klopt een aanhalingsteken niet. Zet er twee of geen om een cel.',
      'A quotation mark on line 5 is not right. Put two or none around a cell.',
    ],
    ['Deze kolommen ontbreken: “phone, email”.', 'These columns are missing: “phone, email”.'],
    [
      'Deze kolommen kent de verwijsindex niet: “C, H (groep 3)”. Haal ze weg.',
      'The index does not know these columns: “C, H (groep 3)”. Remove them.',
    ],
    [
      'Begin met een regel met deze kolommen: inlognaam, naam, functie, telefoon, e-mail, organisatie, aangewezen; locatie mag erbij.',
      'Begin with a line with these columns: subject, name, function, phone, email, organisation, designated; location may be added.',
    ],
    [
      'De bewaartermijn is ten hoogste 24 maanden (Jeugdwet 7.1.4.5).',
      'Signals are kept for at most 24 months (Jeugdwet 7.1.4.5).',
    ],
    ['Vul een kleur in als #0b5c6b.', 'Fill in a colour such as #0b5c6b.'],
  ])('keeps its numbers and names: %s', (dutch, english) => {
    expect(reasonIn('en', dutch)).toBe(english);
    expect(reasonIn('nl', dutch)).toBe(dutch);
  });

  it('is left alone where nobody knows it', () => {
    expect(reasonIn('en', 'Iets heel anders.')).toBeUndefined();
  });

  it('has an English title by its code', () => {
    const catalogue = sources.find(({ fileName }) => fileName.endsWith('catalogue.ts'))!;
    const codes = [...catalogue.text.matchAll(/^ {2}'?([a-z-]+)'?: \{$/gm)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !(code in en.problems))).toEqual([]);
  });
});
