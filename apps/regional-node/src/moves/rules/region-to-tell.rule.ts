/**
 * Names the region whose process manager is told by letter: that of the municipality, when it is another one. Nobody is told of a youth with
 * a protected address: who is told already says where to look.
 * @param region the region to which the municipality belongs, if one takes part
 * @source Jeugdwet 7.1.2.3 lid 1 sub g
 */
export const regionToTell = (
  youth: { isProtected: boolean },
  region: string | undefined,
  own: string,
): string | undefined => (youth.isProtected || region === own ? undefined : region);
