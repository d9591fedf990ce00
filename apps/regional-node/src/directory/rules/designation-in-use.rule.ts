/** What somebody is in one organisation. */
interface Designation {
  id: string;
  roles: readonly string[];
  departedOn: string | null;
}

/**
 * Whether somebody can act under a designation: not after they left the organisation, and not without a role.
 * @source Jeugdwet 7.1.1.2 lid 1, 7.1.3.3
 */
export const mayAct = ({ roles, departedOn }: Pick<Designation, 'roles' | 'departedOn'>): boolean =>
  departedOn === null && roles.length > 0;

/**
 * Names the designation under which a person acts: the one that they chose, else the first one. An organisation designates its own people,
 * so nobody acts under the designation of somebody else, or under two at once.
 * @param all the designations of one person, in a steady order
 * @param chosen id of the one that they chose last, if they did
 * @returns undefined when there is none under which they can act
 * @source Jeugdwet 7.1.1.2 lid 1, 7.1.3.3
 */
export function designationInUse<D extends Designation>(
  all: readonly D[],
  chosen: string | undefined,
): D | undefined {
  const present = all.filter(mayAct);
  return present.find(({ id }) => id === chosen) ?? present[0];
}
