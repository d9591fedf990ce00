/** What a nats-server tells of itself at `/varz`, as far as it matters here. */
export interface HubReport {
  version?: string;
  jetstream?: { config?: { sync_always?: boolean } };
}

/** First version that does not skip messages after a damaged block. */
const LOWEST = [2, 15, 1] as const;

/**
 * Why a hub cannot be trusted to keep what it acknowledges, and what to change; undefined when it can.
 * Without syncing at every write, a power cut loses whole streams that were acknowledged.
 */
export function unsafetyOf({ version = '', jetstream }: HubReport): string | undefined {
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (!numbers || isLower(numbers))
    return `it is nats-server ${version || 'of unknown version'}; install ${LOWEST.join('.')} or later.`;
  if (jetstream?.config?.sync_always !== true)
    return 'it acknowledges messages before they are on disk; set "sync_interval: always" in the jetstream block of its configuration and restart it.';
  return undefined;
}

function isLower(numbers: number[]): boolean {
  for (const [at, lowest] of LOWEST.entries()) {
    const number = numbers[at] ?? 0;
    if (number !== lowest) return number < lowest;
  }
  return false;
}
