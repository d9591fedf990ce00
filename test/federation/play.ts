import { Federation, type FederationOptions } from '../../deploy/local/federation.js';
import { demoRegions, NATIONAL_COORDINATOR } from '../../deploy/local/demo.js';
import { PARTS } from '../../deploy/local/environments.js';
import { Stage, type StagedFederation } from './stage.js';
import { Chapter, leavesTraces, type Cast, type Story } from './story.js';

/** How one step ended. */
export interface PlayedStep {
  number: number;
  title: string;
  seconds: number;
  /** What was wrong; absent when the step was as it should be. */
  problem?: string;
}

/** How a story ended. The first step that is not as it should be ends it. */
export interface PlayedStory {
  file: string;
  description: string;
  passed: boolean;
  seconds: number;
  steps: PlayedStep[];
}

/** Hears of what is played while it is played. */
export interface Audience {
  begins?(story: Story): void;
  heading?(text: string): void;
  played?(step: PlayedStep): void;
  ended?(story: PlayedStory): void;
}

/** What stories may refer to: the accounts, parts and regions of the demonstration. */
export function demoCast(): Cast {
  const regions = demoRegions();
  const ids = regions.map(({ id }) => id);
  return {
    accounts: [
      ...regions.flatMap(({ accounts }) => accounts.map(({ subject }) => subject)),
      NATIONAL_COORDINATOR.subject,
    ],
    parts: [
      ...ids,
      PARTS.relay,
      ...[0, 1, 2].map((place) => PARTS.keyHolder(place)),
      PARTS.personRegister,
      PARTS.identityProvider,
      PARTS.database,
      PARTS.hub,
      PARTS.mailServer,
    ],
    regions: ids,
  };
}

/** Plays one story on a running federation, and leaves that as it was before, but for traces that nothing removes. */
export async function playStory(
  story: Story,
  federation: StagedFederation,
  audience: Audience = {},
): Promise<PlayedStory> {
  audience.begins?.(story);
  const stage = new Stage(federation);
  await stage.mailbox.markAllRead();
  const startedAt = performance.now();
  const steps: PlayedStep[] = [];
  for (const step of story.steps) {
    if (step instanceof Chapter) {
      audience.heading?.(step.title());
      continue;
    }
    const stepStartedAt = performance.now();
    const problem = await step.play(stage).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    const played = {
      number: steps.length + 1,
      title: step.title(),
      seconds: secondsSince(stepStartedAt),
      ...(problem === undefined ? {} : { problem }),
    };
    steps.push(played);
    audience.played?.(played);
    if (problem !== undefined) break;
  }
  const passed = steps.every(({ problem }) => problem === undefined);
  const { file, description } = story;
  const result = { file, description, passed, seconds: secondsSince(startedAt), steps };
  audience.ended?.(result);
  await stage.leave().catch((error: unknown) => {
    if (passed) throw error;
  });
  return result;
}

/**
 * Plays stories, on one federation as far as they can share it: a story with another population, after one that left
 * traces or after one that failed gets a federation of its own.
 *
 * @param tracesDoNotMeet that a story does not mind the traces of those before it: it is about other persons, at whatever time
 */
export async function playStories(
  stories: readonly Story[],
  options: Omit<FederationOptions, 'population'>,
  audience: Audience = {},
  { tracesDoNotMeet = false }: { tracesDoNotMeet?: boolean } = {},
): Promise<PlayedStory[]> {
  const results: PlayedStory[] = [];
  let shared: { federation: Federation; population: string | undefined } | undefined;
  try {
    for (const story of stories) {
      const { population } = story;
      if (shared && shared.population !== population) {
        await shared.federation.stop();
        shared = undefined;
      }
      shared ??= { federation: await Federation.start({ ...options, population }), population };
      const result = await unlessAborted(playStory(story, shared.federation, audience), options.abortSignal);
      results.push(result);
      if (!result.passed || (leavesTraces(story) && !tracesDoNotMeet)) {
        await shared.federation.stop();
        shared = undefined;
      }
    }
    return results;
  } finally {
    await shared?.federation.stop();
  }
}

/** Gives up waiting as soon as the signal aborts. */
function unlessAborted<T>(work: Promise<T>, abortSignal: AbortSignal | undefined): Promise<T> {
  if (!abortSignal) return work;
  const aborted = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new Error('broken off'));
    if (abortSignal.aborted) giveUp();
    abortSignal.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([work, aborted]);
}

const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 100) / 10;
