/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { consoleTexts } from './texts.js';

/** Reasons for which a message is not accepted, where the relay has them. */
const REASONS = [
  ...readFileSync('libs/protocol/src/envelope.ts', 'utf8').matchAll(/new RejectedMessage\('([a-z-]+)'\)/g),
  ...[
    ...readFileSync('apps/national-relay/src/routing/routing.consumer.ts', 'utf8').matchAll(
      /REFUSALS = \[(.*)\]/g,
    ),
  ].flatMap(([, list]) => [...list!.matchAll(/'([a-z-]+)'/g)]),
].map(([, reason]) => reason!);

it.each(['nl', 'en'] as const)(
  'every reason for which a message is not accepted has a text: %s',
  (language) => {
    expect(REASONS).toEqual(expect.arrayContaining(['unsigned', 'unknown-match', 'too-many-letters']));
    const { rejections } = consoleTexts[language].regionFacts;
    expect(REASONS.filter((reason) => !rejections[reason])).toEqual([]);
  },
);
