import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
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
  await untilItSucceeds(patienceMs, () =>
    managing(federation, async (manager) => {
      for (const name of [streams.up(region), streams.down(region)])
        await manager.streams.update(name, { max_bytes: SIZES[size] });
    }),
  );
}

/** Waits until the relay has made the streams of all regions, anew if they were lost. */
export async function streamsThere(
  federation: Federation,
  regions: readonly string[],
  patienceMs: number,
): Promise<void> {
  await untilItSucceeds(patienceMs, () =>
    managing(federation, async (manager) => {
      for (const region of regions) await manager.streams.info(streams.up(region));
    }),
  );
}

/** Waits until a message of one of the regions lies at the hub that the relay has not taken. */
export async function messagesWaiting(
  federation: Federation,
  regions: readonly string[],
  patienceMs: number,
): Promise<void> {
  await untilItSucceeds(patienceMs, () =>
    managing(federation, async (manager) => {
      const states = await Promise.all(regions.map((region) => manager.streams.info(streams.up(region))));
      if (states.every(({ state }) => state.messages === 0)) throw new Error('no message waits at the hub');
    }),
  );
}

async function untilItSucceeds(patienceMs: number, work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

async function managing(
  federation: Federation,
  work: (manager: JetStreamManager) => Promise<void>,
): Promise<void> {
  const login = hubLogin(hubSettings(federation.nats.url, partyFiles(federation.planFolder, RELAY)), RELAY);
  const connection = await connect({ ...login, reconnect: false, timeout: 2_000 });
  try {
    await work(await jetstreamManager(connection, { timeout: 2_000 }));
  } finally {
    await connection.close();
  }
}
