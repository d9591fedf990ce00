import { getContainerRuntimeClient, ImageName } from 'testcontainers';

// the suites stop what they start; the container that would do so after a crash is one more image to fetch
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

/** Why suites in containers cannot run here; undefined when they can. Fetches images that are not there yet. */
export async function whyNoContainers(images: string[]): Promise<string | undefined> {
  let client;
  try {
    client = await getContainerRuntimeClient();
  } catch {
    return 'no Docker engine';
  }
  for (const image of images.map((name) => ImageName.fromString(name))) {
    try {
      if (!(await client.image.exists(image))) await client.image.pull(image);
    } catch {
      return `no image ${image.string}`;
    }
  }
  return undefined;
}
