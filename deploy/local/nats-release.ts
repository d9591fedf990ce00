/** A release of nats-server as archives for several platforms. */
export interface NatsRelease {
  version: string;
  /** Folder with the archives `nats-server-v<version>-<os>-<arch>.tar.gz` and their `SHA256SUMS`. */
  address: string;
  /** SHA-256 of an archive, by `<os>-<arch>`; for others the release's own list is asked. */
  sha256: Record<string, string>;
}

/** The release that is downloaded where no other nats-server is to be had. Change version and checksums together. */
export const NATS_RELEASE: NatsRelease = {
  version: '2.15.1',
  address: 'https://github.com/nats-io/nats-server/releases/download/v2.15.1',
  sha256: {
    'linux-amd64': 'bf5edc7b1ce98e885c368cb43a886eb148dc5d0551d99f3cf6141fb5e1954c70',
    'linux-arm64': 'e2fbab4cad7d3c76e3052eb959570393c9d73ba756b70bf8e9eea61e9ae6d49c',
  },
};
