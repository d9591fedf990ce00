import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { hubLogin } from '#libs/messaging';
import { RELAY, streams } from '#libs/protocol';
import { hubSettings } from '../../deploy/local/certificates.js';
import { partyFiles } from '../../deploy/local/environments.js';
import type { Federation } from '../../deploy/local/federation.js';

const SIZES = { tiny: 1, usual: streams.maxBytes };

/** Gives both streams of a region room for hardly anything, or as much as usual. Tries for so long, for the hub may be away. */
export async function resizeStreams(
  federation: Federation,
  region: string,
  size: keyof typeof SIZES,
  patienceMs: number,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await resize(federation, region, SIZES[size]);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

async function resize(federation: Federation, region: string, maxBytes: number): Promise<void> {
  const login = hubLogin(hubSettings(federation.nats.url, partyFiles(federation.planFolder, RELAY)), RELAY);
  const connection = await connect({ ...login, reconnect: false, timeout: 2_000 });
  try {
    const manager = await jetstreamManager(connection, { timeout: 2_000 });
    for (const name of [streams.up(region), streams.down(region)])
      await manager.streams.update(name, { max_bytes: maxBytes });
  } finally {
    await connection.close();
  }
}
