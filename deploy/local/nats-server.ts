import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reloadHub } from '../hub/reload.js';
import { Child } from './child.js';
import { type ProcessRecord } from './process-record.js';

/** How a nats-server is started. */
export interface NatsOptions {
  /** The program, of `provideNatsServer`. */
  bin: string;
  /** Decides addresses, accounts and storage; port -1 takes a free one. Must not send the log to a file. */
  configFile: string;
  /** Where the process is remembered, so that it does not outlive a launcher that was killed. */
  record?: ProcessRecord;
  onLine?: (line: string) => void;
}

/** A running nats-server. */
export interface NatsServer {
  /** Where clients connect, with the real port. */
  url: string;
  /** Where `/varz` and `/healthz` are, when the configuration has monitoring on. */
  monitorUrl: string | undefined;
  pid: number;
  readonly running: boolean;
  /** Has it take over the changed configuration file; connections that this still allows stay. @throws HubNotReloaded */
  reload(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a crash would; start again with the same configuration. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** Starts a nats-server with a configuration file, and waits until it takes connections. */
export async function startNats({ bin, configFile, record, onLine }: NatsOptions): Promise<NatsServer> {
  // the server writes its real addresses there
  const portsFolder = mkdtempSync(path.join(os.tmpdir(), 'nats-ports-'));
  try {
    const child = new Child({
      name: 'nats-server',
      command: bin,
      args: ['-c', configFile, '--ports_file_dir', portsFolder],
      env: {},
      record,
      onLine,
    });
    await child.firstLine((line) => line.includes('Server is ready') || undefined);
    const ports = await readPorts(path.join(portsFolder, `${path.basename(bin)}_${child.pid}.ports`), child);
    return {
      url: ports.nats[0]!,
      monitorUrl: ports.monitoring?.[0],
      pid: child.pid,
      get running() {
        return child.running;
      },
      reload: () => {
        const monitorUrl = ports.monitoring?.[0];
        if (!monitorUrl) throw new Error('only a server with monitoring tells what it has read');
        return reloadHub({ monitorUrl, signal: () => child.signal('SIGHUP') });
      },
      stop: () => child.stop(),
      kill: () => child.kill(),
      freeze: () => child.freeze(),
      thaw: () => child.thaw(),
    };
  } finally {
    rmSync(portsFolder, { recursive: true, force: true });
  }
}

async function readPorts(file: string, child: Child): Promise<{ nats: string[]; monitoring?: string[] }> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as { nats: string[]; monitoring?: string[] };
    } catch {
      await sleep(25); // not written yet, or half
    }
  }
  await child.kill();
  throw new Error(`nats-server did not tell its ports:\n${child.lastLines}`);
}
