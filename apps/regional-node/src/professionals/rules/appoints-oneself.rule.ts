/** People are compared, not their designations. */
interface Person {
  subject: string;
}

/**
 * Whether somebody makes themselves the stand-in or successor of a colleague: they would read that colleague's matches by their own decision, so a
 * second person agrees. Who plans the own absence decides about the own matches.
 * @source AVG 32; Jeugdwet 7.1.3.3
 */
export const appointsOneself = (actor: Person, professional: Person, colleague: Person): boolean =>
  actor.subject === colleague.subject && actor.subject !== professional.subject;
