/// <reference types="node" />
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contact } from './contact/texts.js';
import { operator } from './operator/texts.js';
import { subjectAccess } from './subject-access/texts.js';

/** Reads a source of the node, which these screens know over HTTP only. */
const source = (file: string): string => readFileSync(path.join('apps/regional-node/src', file), 'utf8');
const between = (text: string, from: string, to: string): string => {
  const begin = text.indexOf(from);
  const end = text.indexOf(to, begin);
  if (begin < 0 || end < 0) throw new Error(`nothing between ${from} and ${to}`);
  return text.slice(begin, end);
};
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, code]) => code!)),
];
const QUOTED = /'([a-z-]+)'/g;

const actionLines = between(source('audit/audit-actions.ts'), 'AUDIT_ACTIONS = {', '} as const');
const consultations = source('person-register/person-register.ts');
const CODES = {
  actions: all(actionLines, /^ {2}'?([a-z-]+)'?:/gm),
  fieldNames: all(actionLines.replace(/^ {2}'?[a-z-]+'?:/gm, ''), /'([A-Za-z]+)'/g),
  causes: all(between(source('archive/rules/goes-to-archive.rule.ts'), 'EndingReason =', ';'), QUOTED).filter(
    (reason) => !['not-justified', 'risk-gone', 'wrong-youth'].includes(reason),
  ),
  purposes: all(between(consultations, 'purpose: ', ';'), QUOTED),
  outcomes: all(between(consultations, 'export type LookUp', '/** By the nine'), /outcome: '([a-z-]+)'/g),
  kinds: all(source('covenant/rules/organisation-kinds.ts'), /^ {2}'?([a-z-]+)'?: \{/gm),
  shown: all(between(source('subject-access/rules/shown-to-youth.rule.ts'), 'SHOWN', '];'), QUOTED),
};

it('reads the codes where the node has them', () => {
  expect(CODES.actions).toEqual(expect.arrayContaining(['signal-filed', 'work-requested']));
  expect(CODES.fieldNames).toEqual(expect.arrayContaining(['signal', 'proposedBy']));
  expect(CODES.fieldNames).not.toContain('parentsInformed');
  expect(CODES.causes).toEqual(expect.arrayContaining(['expired', 'erased-on-request']));
  expect(CODES.purposes).toEqual(expect.arrayContaining(['preview', 'verify']));
  expect(CODES.outcomes).toEqual(['found', 'not-found', 'unavailable', 'refused']);
  expect(CODES.kinds).toEqual(expect.arrayContaining(['school', 'police']));
  expect(CODES.shown).toEqual(expect.arrayContaining(['signal-filed', 'archive-shown']));
});

describe.each(['nl', 'en'] as const)('in %s', (language) => {
  const { audit } = operator[language];
  it.each([
    ['action in the logbook', CODES.actions, audit.actions],
    ['field in the logbook', CODES.fieldNames, audit.fieldNames],
    ['cause of an end', CODES.causes, audit.values],
    ['purpose of a consultation', CODES.purposes, audit.values],
    ['outcome of a consultation', CODES.outcomes, audit.values],
    ['kind of organisation', CODES.kinds, contact[language].kinds],
    ['action that a youth is shown', CODES.shown, subjectAccess[language].actions],
  ])('every %s has a text', (_what, codes, texts) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !(texts as Record<string, string>)[code])).toEqual([]);
  });
});
