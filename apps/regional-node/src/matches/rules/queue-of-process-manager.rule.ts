/**
 * Says which municipality's process manager follows up a match (Jeugdwet 7.1.3.2): that of the youth, when it takes part in this
 * covenant and the address is not protected; else that of the organisation that filed the earliest signal here, which tells nothing
 * of where the youth lives.
 */
export function municipalityOfFollowUp(
  youth: { municipality: string | null; isProtected: boolean },
  covenantMunicipalities: readonly string[],
  organisationMunicipality: string,
): string {
  const home = youth.isProtected ? null : youth.municipality;
  return home !== null && covenantMunicipalities.includes(home) ? home : organisationMunicipality;
}
