import type { UnknownMembers } from './validation.js';

/*
 * How does the wire change while parties run different releases? What one party writes for others to read has a form, named
 * `<what>/<major>.<minor>`. Form 1.0 is what everybody speaks. A sender uses a later form only towards a receiver that said it speaks it.
 *
 * How does a party say so? It signs its list of forms with the key that the register gives for it, and gives it to the relay, which hands
 * everybody's lists out. The latest list of each party is kept. That a list does not come changes nothing: the relay could withhold it.
 *
 * What does a later minor form ask of a reader? From 1.1 on a reader drops members that it does not know, so a new optional member needs
 * no form of its own. What a reader must understand raises the major version `v`, which an older reader refuses.
 */

/** The wire that a program speaks: `1.0` is that of release 0.1.0, which refuses every member that it does not know. */
export const WIRES = ['1.0', '1.1'] as const;
export type Wire = (typeof WIRES)[number];
/** The wire of this release. */
export const WIRE: Wire = '1.1';

export type CardForm = 'card/1.0' | 'card/1.1';
export type RegisterForm = 'register/1.0' | 'register/1.1';

/** The forms that a program of this release speaks. */
export const FORMS = [
  'card/1.0',
  'card/1.1',
  'letter/1.0',
  'letter/1.1',
  'message/1.0',
  'message/1.1',
  'register/1.0',
  'register/1.1',
] as const satisfies readonly (CardForm | RegisterForm | `${'letter' | 'message'}/1.${0 | 1}`)[];
export type Form = (typeof FORMS)[number];

/** What a reader of this wire does with members that it does not know. */
export const unknownMembersOf = (wire: Wire): UnknownMembers => (wire === '1.0' ? 'refused' : 'dropped');
