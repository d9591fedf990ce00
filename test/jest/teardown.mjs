/** Ends the PostgreSQL of this run and removes its data. */
export default async function teardown() {
  await globalThis.testRun?.postgres?.stop();
  await globalThis.testRun?.state.close();
}
