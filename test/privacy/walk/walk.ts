import { SeededChoice } from '../../../apps/brp-simulator/population/random.js';
import { inShort } from '../../federation/http/visitor.js';
import { drawAction, endAll, type Action, type Request } from './actions.js';
import { Broken, Looks } from './look.js';
import { Truth } from './truth.js';
import type { World } from './world.js';

/** Names that somebody might give to a field for what must not be there. */
const FIELDS = ['reason', 'reden', 'toelichting', 'notes', 'opmerking', 'aard', 'hulp', 'description'];
const INTRUSIONS = 24;

/** People of two regions who do what comes to their mind, and after every step everybody's look at what there is to see. */
export class Walk {
  readonly truth: Truth;
  readonly looks: Looks;
  /** What was done so far, a line each. */
  readonly taken: string[] = [];

  /** @param marker a text that people try to write wherever they can */
  constructor(
    private readonly world: World,
    private readonly marker: string,
  ) {
    this.truth = new Truth(world.youths, () => world.now());
    this.looks = new Looks(world, this.truth);
  }

  /** @throws Error with all that was done, and the seed to have it done again */
  async take(seed: number, steps: number): Promise<void> {
    const choice = new SeededChoice(seed);
    // asking for what is not one's own changes nothing, not even what comes next
    const intruders = new SeededChoice(seed);
    this.taken.push(`seed ${seed}:`);
    try {
      const standing = { choice, world: this.world, truth: this.truth, looks: this.looks };
      for (let step = 0; step < steps; step += 1)
        for (let action: Action | undefined = drawAction(standing); action; action = action.next)
          await this.step(action, choice, intruders);
      for (const action of endAll(standing)) await this.step(action, choice, intruders);
      await this.looks.askForEverySignal();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Broken(`${message}\n\nafter these steps:\n${this.taken.join('\n')}`, { cause: error });
    }
  }

  private async step(action: Action, choice: SeededChoice, intruders: SeededChoice): Promise<void> {
    this.taken.push(action.say);
    const before = this.looks.allowed();
    await this.act(action, choice);
    // a day may have come of which nothing has followed yet
    const meanwhile = this.looks.allowed();
    this.truth.catchUp();
    await this.looks.untilTrue(before, meanwhile);
    await this.looks.intrude(intruders, INTRUSIONS);
  }

  private async act(action: Action, choice: SeededChoice): Promise<void> {
    if ('happens' in action) return action.happens();
    const { request } = action;
    const marked = { ...request.body, [choice.of(FIELDS)]: this.marker };
    if (!request.readsNoBody) await this.expectRefusal(request, marked);
    const body = request.readsNoBody ? marked : request.body;
    const answer = await this.ask(request, body);
    const isRefused = answer.status >= 400;
    const asExpected = request.refused ? isRefused && inShort(answer).includes(request.refused) : !isRefused;
    if (!asExpected)
      throw new Broken(`it was answered ${inShort(answer)}, not ${request.refused ?? 'with success'}`);
    if (!isRefused) await request.then?.(answer);
  }

  /** What somebody wants to write besides is refused, and not said again. */
  private async expectRefusal(request: Request, marked: object): Promise<void> {
    const answer = await this.ask(request, marked);
    if (answer.status !== 400) throw new Broken(`with a text besides it was answered ${inShort(answer)}`);
    if (JSON.stringify(answer.body).includes(this.marker)) throw new Broken('the refusal repeats the text');
  }

  private ask({ by, method, path }: Request, body: object) {
    return this.world.visitor(by)[method](path, body);
  }
}
