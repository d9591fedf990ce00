import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  formOfRegister,
  openRegister,
  partiesWithout,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { replaceText } from '../local/private-file.js';
import { withRegister } from './hub-configuration.js';
import { reloadHub } from './reload.js';
import { readJson, type RegionSettings } from './settings.js';

const RELAY_PATIENCE_MS = 60_000;
const LOOK_MS = 200;

/** The register in force on this machine. @throws UntrustedRegister when the coordinator did not sign it */
export const registerInForce = ({ coordinatorKey, register }: RegionSettings): RegionRegister =>
  openRegister(coordinatorKey, readJson(register) as SignedRegister);

/**
 * The register in force, to be changed: what is signed anew must lose nothing.
 * @throws when it has members that this release does not know
 */
export function registerToChange(settings: RegionSettings): RegionRegister {
  const { document } = readJson(settings.register) as SignedRegister;
  if (formOfRegister(document) !== 'register/1.0')
    throw new Error(
      'the register in force has members that this release does not know: change it with a newer release',
    );
  return registerInForce(settings);
}

/**
 * Puts a signed register in force, as far as this machine reaches: in its file, at the hub, at the relay. Doing it again does no harm,
 * and goes on where it was broken off.
 * @param say gets a line for every step that is done
 * @param accepted parties that may stay behind, though they do not speak the form of this register
 * @throws when the register is not the coordinator's or older than the one in force, when a party that takes part cannot read it, or when
 *   hub or relay do not follow it
 */
export async function putInForce(
  settings: RegionSettings,
  signed: SignedRegister,
  say: (line: string) => void,
  accepted: readonly string[] = [],
): Promise<void> {
  const next = openRegister(settings.coordinatorKey, signed);
  const { version } = next;
  const before = registerInForce(settings);
  if (version < before.version)
    throw new Error(`version ${version} is older than version ${before.version}, which is in force`);
  const text = JSON.stringify(signed);
  if (version === before.version && readFileSync(settings.register, 'utf8') !== text)
    throw new Error(`another version ${version} is in force; have the coordinator sign a next one`);
  await mustBeRead(settings, signed, next, accepted);
  replaceText(settings.register, text);
  say(`Version ${version} of the register is in ${settings.register}.`);
  if (!settings.hub) return say('Bring it to the hub and apply it there.');

  const configuration = readFileSync(settings.hub, 'utf8');
  replaceText(settings.hub, withRegister(configuration, next));
  await reloadHub(runningHub(settings.hub));
  say('The hub follows it.');
  if (!settings.relay) return say('Bring it to the relay, as its REGISTER_FILE.');

  await untilRelayFollows(settings.relay, version);
  say('The relay follows it.');
}

/** @throws when a party that takes part does not speak the form of the register, and is not accepted by name */
async function mustBeRead(
  { relay }: RegionSettings,
  { document }: SignedRegister,
  register: RegionRegister,
  accepted: readonly string[],
): Promise<void> {
  const form = formOfRegister(document);
  if (form === 'register/1.0') return;
  const behind = partiesWithout(register, form, relay ? await formsKnownTo(relay) : new Map()).filter(
    (party) => !accepted.includes(party),
  );
  if (behind.length > 0)
    throw new Error(
      [
        `The register has members that not everybody reads (${form}). These parties do not say that they do:`,
        ...behind.map((party) => `  - ${party}`),
        'They would not follow it, nor any suspension in it. Wait until they upgrade, or name each with --accept.',
      ].join('\n'),
    );
}

/** Which forms each party says it speaks, as the relay shows in its figures. */
async function formsKnownTo(relay: string): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  const response = await fetch(new URL('/metrics', relay), { signal: AbortSignal.timeout(LOOK_MS * 25) });
  for (const [, party, form] of (await response.text()).matchAll(
    /^relay_party_speaks\{party="([^"]+)",form="([^"]+)"\} 1$/gm,
  ))
    known.set(party!, [...(known.get(party!) ?? []), form!]);
  return known;
}

/** The hub that runs with a configuration. */
function runningHub(configFile: string) {
  const [, ...json] = readFileSync(configFile, 'utf8').split('\n');
  const { http, pid_file: pidFile } = JSON.parse(json.join('\n')) as { http: string; pid_file?: string };
  if (!pidFile) throw new Error(`${configFile} has no pid_file, so that the hub cannot be found`);
  return { monitorUrl: `http://${http}`, signal: () => void process.kill(hubProcess(pidFile), 'SIGHUP') };
}

/** The file outlives a server that was killed, and the number may be somebody else's by now, whom the signal would end. */
function hubProcess(pidFile: string): number {
  let pid = 0;
  let name = '';
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
    name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    // nobody
  }
  if (!name.startsWith('nats-server'))
    throw new Error(`the hub does not run (${pidFile} names no nats-server)`);
  return pid;
}

async function untilRelayFollows(relay: string, version: number): Promise<void> {
  for (const deadline = performance.now() + RELAY_PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const figures = await fetch(new URL('/metrics', relay), { signal: AbortSignal.timeout(LOOK_MS * 25) })
      .then((response) => response.text())
      .catch(() => '');
    const [, followed] = /^relay_register_version (\d+)$/m.exec(figures) ?? [];
    if (Number(followed) >= version) return;
    if (performance.now() > deadline)
      throw new Error(
        `the relay at ${relay} does not follow version ${version} yet; its log and alarms say why`,
      );
  }
}
