/**
 * Outlives a launcher that was killed, for as long as it takes to end what that had started: waits until the pipe from
 * the launcher closes, ends the processes of its record, and removes the folder when it was a temporary one.
 * Arguments: the record's file, and optionally the folder to remove.
 */
import { rmSync } from 'node:fs';
import { ProcessRecord } from './process-record.js';

const [recordFile, temporaryFolder] = process.argv.slice(2);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
process.stdin.resume();
process.stdin.once('close', () => {
  void new ProcessRecord(recordFile!).endAll().then(() => {
    if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true });
  });
});
