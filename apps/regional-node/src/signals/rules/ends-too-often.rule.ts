const MANY = 20;

/**
 * Somebody who files, sees who is involved and ends the signal again looks youths up. Ending is a duty in some cases, so nobody is refused it;
 * who ends more than a quarter of more than twenty signals that they filed is looked at.
 * @source Jeugdwet 7.1.2.1 lid 3; Jeugdwet 7.1.4.3 lid 1
 */
export const endsTooOften = ({ filed, ended }: { filed: number; ended: number }): boolean =>
  filed > MANY && ended * 4 > filed;
