import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Child } from '../../deploy/local/child.js';

const NAMESPACE = ['--pid', '--fork', '--mount-proc', '--kill-child'];
const WAYS = [NAMESPACE, ['--user', '--map-root-user', ...NAMESPACE]];

/** The arguments with which `unshare` runs a command as PID 1, as in a container; undefined when this machine does not allow it. */
export const asPidOne: string[] | undefined = WAYS.find(
  (way) => spawnSync('unshare', [...way, 'true'], { stdio: 'ignore' }).status === 0,
);

/** Sends SIGTERM to the command that `unshare` runs: `unshare` itself passes no signal on. */
export function terminateInside({ pid }: Child): void {
  const [inside] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  process.kill(Number(inside), 'SIGTERM');
}
