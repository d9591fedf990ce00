/** A key for a new location within its organisation, from its name: `Locatie Oóst` is `locatie-oost`, and a second one `locatie-oost-2`. */
export function locationKey(name: string, others: readonly { id: string }[]): string {
  const key =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'locatie';
  const taken = (candidate: string) => others.some(({ id }) => id === candidate);
  if (!taken(key)) return key;
  for (let number = 2; ; number++) if (!taken(`${key}-${number}`)) return `${key}-${number}`;
}
