import { setTimeout as sleep } from 'node:timers/promises';

/** How a running hub is told to read its configuration again. */
export interface ReloadOptions {
  /** Where the hub tells what it has read: the configuration's `http` address. */
  monitorUrl: string;
  /** Sends the server SIGHUP. */
  signal: () => void | Promise<void>;
}

/** The hub goes on with its old configuration. */
export class HubNotReloaded extends Error {
  override name = 'HubNotReloaded';
}

const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/**
 * Has a hub take over its changed configuration, and waits until it has. Twice, because what an account that is new imports
 * works from the second time on (nats-server 2.15.1).
 * @throws HubNotReloaded when it does not take it over; its log says why
 */
export async function reloadHub({ monitorUrl, signal }: ReloadOptions): Promise<void> {
  for (let time = 0; time < 2; time++) {
    const before = await loadedAt(monitorUrl);
    await signal();
    for (const deadline = performance.now() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
      if ((await loadedAt(monitorUrl)) !== before) break;
      if (performance.now() > deadline)
        throw new HubNotReloaded('the hub did not take over its configuration; its log says why');
    }
  }
}

/** When the hub read its configuration for the last time and found nothing wrong with it. */
async function loadedAt(monitorUrl: string): Promise<string> {
  const asked = fetch(new URL('/varz', monitorUrl), { signal: AbortSignal.timeout(PATIENCE_MS) });
  const response = await asked.catch(() => undefined);
  if (!response?.ok) throw new HubNotReloaded(`the hub does not answer at ${monitorUrl}`);
  return ((await response.json()) as { config_load_time: string }).config_load_time;
}
