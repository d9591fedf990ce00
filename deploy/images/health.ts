/** Ends well when the program of this container is ready: asks HEALTH_URL, else `/health/ready` on PORT. */
const url = process.env.HEALTH_URL || `http://127.0.0.1:${process.env.PORT || '8080'}/health/ready`;

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  process.exitCode = response.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
