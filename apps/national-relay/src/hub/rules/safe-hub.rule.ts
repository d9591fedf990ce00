/** What a nats-server tells of itself at `/varz`, as far as it matters here. */
export interface HubReport {
  version?: string;
  tls_required?: boolean;
  tls_verify?: boolean;
  jetstream?: { config?: { sync_always?: boolean; max_storage?: number; store_dir?: string } };
}

/** First version that does not skip messages after a damaged block. */
const LOWEST = [2, 15, 1] as const;

/**
 * Why a hub cannot be trusted to let in only those whom it knows and to keep what it acknowledges, and what to change;
 * undefined when it can. Without syncing at every write, a power cut loses whole streams that were acknowledged.
 * @param diskBytes size of the disk with the streams, where it is known
 * @source federatieafspraken: hub
 */
export function unsafetyOf(report: HubReport, diskBytes = Infinity): string | undefined {
  const { version = '', jetstream } = report;
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (!numbers || isLower(numbers))
    return `it is nats-server ${version || 'of unknown version'}; install ${LOWEST.join('.')} or later.`;
  if (report.tls_required !== true)
    return 'it takes connections in the clear; give its configuration the tls block that deploy/hub generates and restart it.';
  if (report.tls_verify !== true)
    return 'it lets in clients without a certificate; set "verify_and_map: true" in the tls block of its configuration and restart it.';
  if (jetstream?.config?.sync_always !== true)
    return 'it acknowledges messages before they are on disk; set "sync_interval: always" in the jetstream block of its configuration and restart it.';
  if ((jetstream.config.max_storage ?? 0) >= diskBytes)
    return 'its streams may take more than the disk has, and a full disk stops it; set "max_file_store" in the jetstream block of its configuration to less and restart it.';
  return undefined;
}

function isLower(numbers: number[]): boolean {
  for (const [at, lowest] of LOWEST.entries()) {
    const number = numbers[at] ?? 0;
    if (number !== lowest) return number < lowest;
  }
  return false;
}
