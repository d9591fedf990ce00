/** Keeps faults apart that would hit the same part: who comes later waits. */
export class Locks {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work` when nobody else holds any of these; they are all taken at once, so nobody waits for each other in a circle. */
  async holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = names.map((name) => this.last.get(name) ?? Promise.resolve());
    const mine = Promise.all(before).then(work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    for (const name of names) this.last.set(name, settled);
    return mine;
  }
}
