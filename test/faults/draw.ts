import { SeededChoice } from '../../apps/brp-simulator/population/random.js';

/** What can go wrong. */
export const KINDS = [
  'kill',
  'freeze',
  'connections dropped',
  'storage wiped',
  'link cut',
  'link slow',
  'link resetting',
  'clock off',
  'streams full',
  'backup restored',
] as const;
export type Kind = (typeof KINDS)[number];

/** One fault as it was drawn. */
export interface Fault {
  /** Seconds after the beginning. */
  at: number;
  kind: Kind;
  /** A part of the federation, or of a link the party at its near end. */
  target: string;
  /** Of a link: what is at the far end. */
  to?: 'hub' | 'database';
  /** How long it lasts; 0 for a moment. */
  seconds: number;
  /** Of a clock: the hours by which it is off. */
  hours?: number;
}

/** Who can be hit. */
export interface Targets {
  regions: readonly string[];
  keyHolders: readonly string[];
  relay: string;
  hub: string;
  database: string;
}

export interface DrawOptions {
  seed: number;
  /** For how long faults come. */
  seconds: number;
  targets: Targets;
  kinds?: readonly Kind[];
  /** Seconds from one fault to the next, on average; 2.4 when nothing else is asked. */
  pace?: number;
}

/** How often each kind comes, in relation to the others. */
const WEIGHTS: Record<Kind, number> = {
  kill: 30,
  freeze: 16,
  'connections dropped': 8,
  'storage wiped': 5,
  'link cut': 10,
  'link slow': 8,
  'link resetting': 8,
  'clock off': 6,
  'streams full': 5,
  'backup restored': 4,
};

/**
 * Draws what goes wrong when: from the same seed always the same. Every kind comes once, in any order, before they come by
 * weight. Faults may overlap, also on the same part; there each waits for the one before.
 */
export function drawFaults({ seed, seconds, targets, kinds = KINDS, pace = 2.4 }: DrawOptions): Fault[] {
  const choice = new SeededChoice(seed);
  const once = shuffled(choice, kinds);
  const byWeight = kinds.flatMap((kind) => Array<Kind>(WEIGHTS[kind]).fill(kind));
  const count = Math.max(1, Math.round(seconds / pace));
  return Array.from({ length: count }, (_, n) => {
    const at = ((n + choice.next()) * seconds) / count;
    return { at, ...drawOne(choice, once[n] ?? choice.of(byWeight), targets) };
  });
}

function drawOne(choice: SeededChoice, kind: Kind, targets: Targets): Omit<Fault, 'at'> {
  const { regions, keyHolders, relay, hub, database } = targets;
  const seconds = (least: number, most: number) => choice.between(least * 10, most * 10) / 10;
  const party = () => choice.of([...regions, relay]);
  switch (kind) {
    case 'kill':
      return { kind, target: choice.of([...regions, ...keyHolders, relay, hub, database]), seconds: 0 };
    case 'freeze':
      return {
        kind,
        target: choice.of([...regions, ...keyHolders, relay, hub, database]),
        seconds: seconds(1, 8),
      };
    case 'connections dropped':
      return { kind, target: party(), seconds: 0 };
    case 'storage wiped':
      return { kind, target: hub, seconds: seconds(1, 3) };
    case 'link cut':
    case 'link slow':
    case 'link resetting':
      return { kind, target: party(), to: choice.of(['hub', 'database']), seconds: seconds(2, 12) };
    case 'clock off':
      return {
        kind,
        target: choice.of(regions),
        seconds: seconds(5, 25),
        hours: choice.between(2, 12) * choice.of([1, -1]),
      };
    case 'streams full':
      return { kind, target: choice.of(regions), seconds: seconds(3, 10) };
    case 'backup restored':
      return { kind, target: party(), seconds: seconds(10, 30) };
  }
}

function shuffled<T>(choice: SeededChoice, items: readonly T[]): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(choice.between(0, rest.length - 1), 1)[0]!);
}

/** A fault in a line for people. */
export function describeFault({ kind, target, to, seconds, hours }: Fault): string {
  const where = to ? `${target} to ${to === 'hub' ? 'the hub' : 'its database'}` : target;
  const how = hours === undefined ? '' : ` by ${hours} hours`;
  return `${kind}${how}: ${where}${seconds > 0 ? `, ${seconds} s` : ''}`;
}
