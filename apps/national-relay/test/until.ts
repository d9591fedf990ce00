/** Waits until `look` gives something. On a busy machine the relay may send again only after minutes. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 300,
): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > end) throw new Error(`not seen within ${seconds} s: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
