/**
 * Says which municipality's process manager follows up a match: that of the youth, when it takes part in this covenant and the address is
 * not protected; else that of the organisation that filed the earliest signal here, which tells nothing of where the youth lives.
 * @returns null for an organisation without a municipality: a process manager of the whole region follows up
 * @source Jeugdwet 7.1.3.2
 */
export function municipalityOfFollowUp(
  youth: { municipality: string | null; isProtected: boolean },
  covenantMunicipalities: readonly string[],
  organisationMunicipality: string | null,
): string | null {
  const home = youth.isProtected ? null : youth.municipality;
  return home !== null && covenantMunicipalities.includes(home) ? home : organisationMunicipality;
}
