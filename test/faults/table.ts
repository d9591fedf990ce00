import { WRONGS } from './check.js';
import { KINDS } from './draw.js';
import type { Outcome } from './run.js';

/** Of each wrong, so many are shown in full. */
const EXAMPLES = 8;

/** The result of a run as text for a terminal: one table, and examples of what is wrong. */
export function table(outcome: Outcome): string {
  const { faults, accepted, undone, settled, checked, passed, seed } = outcome;
  const inflicted = faults.filter(({ failed }) => !failed);
  const undoneOf = (what: keyof (typeof undone)[number]['undone']) =>
    undone.reduce((sum, each) => sum + each.undone[what], 0);
  const kinds = KINDS.flatMap((kind) => {
    const count = inflicted.filter((fault) => fault.kind === kind).length;
    return count > 0 ? [`${count} × ${kind}`] : [];
  });
  const rows: [string, string | number][] = [
    ['seed', seed],
    ['faults', `${inflicted.length}: ${kinds.join(', ')}`],
    ['signals accepted', accepted.filed],
    ['endings accepted', accepted.ended],
    ['contacts accepted', accepted.contacts],
    ['changes of contact data accepted', accepted.changes],
    ['requests without an answer', accepted.unanswered],
    ['signals live at the end', checked.live],
    ['mails', checked.mails],
    ['mails repeated, as a fault may cause', checked.repeatedMails],
    ['undone by a restored backup: signals', undoneOf('filed')],
    ['undone by a restored backup: endings', undoneOf('ended')],
    ['undone by a restored backup: last mails', checked.overtakenMails],
    ['time to settle', settled.done ? `${settled.seconds} s` : `not settled after ${settled.seconds} s`],
    ...WRONGS.map((wrong): [string, number] => [wrong.toUpperCase(), checked.wrongs[wrong].length]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const examples = WRONGS.flatMap((wrong) => {
    const texts = checked.wrongs[wrong];
    const more = texts.length - EXAMPLES;
    return [
      ...texts.slice(0, EXAMPLES).map((text) => `  ${wrong}: ${text}`),
      ...(more > 0 ? [`  ${wrong}: and ${more} more`] : []),
    ];
  });
  return [
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...(settled.done ? [] : ['', `still waiting: ${settled.left.join(', ')}`]),
    ...(examples.length > 0 ? ['', ...examples] : []),
    '',
    passed ? 'PASSED' : 'FAILED',
  ].join('\n');
}
