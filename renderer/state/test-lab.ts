/** A lab for tests, whose answers can be made to wait. */
import {
  LAB_CONFIG,
  type Catalogue,
  type CommandName,
  type LabFacts,
  type LabFrame,
  type StudioError,
} from '#main/contract/index.ts';
import { Lab } from './lab.svelte.ts';
import { fakeApi, settled, type Asked } from './test-api.ts';
import { PAIR } from './test-phases.ts';

const FRAME: LabFrame = {
  step: 0,
  real: new Float32Array(),
  fakes: new Float32Array(),
  gradients: new Float32Array(),
  heat: { shown: false, reason: 'D judges pairs.' },
  manifold: { points: new Float32Array(), columns: 0, rows: 0 },
  losses: [],
  distance: 0.5,
};

/** An app with a lab, whose answers wait for `release` while `is.held`. */
function labApi() {
  const waiting: (() => void)[] = [];
  const is = {
    held: false,
    step: 0,
    failing: undefined as StudioError | undefined,
    anew: 'nothing' as LabFacts['anew'],
  };
  /**
   * The answer to a command, once it need not wait; opening the lab, or beginning it anew, sets its step to
   * 0.
   */
  const answerTo = async (name: CommandName): Promise<LabFacts> => {
    if (is.held) await new Promise<void>((resolve) => waiting.push(resolve));
    if (is.failing) throw is.failing;
    if (name === 'lab.open' || is.anew !== 'nothing') is.step = 0;
    return { step: is.step, extent: 1.4, anew: is.anew };
  };
  const { api, asked, inputsOf } = fakeApi({
    'lab.open': () => answerTo('lab.open'),
    'lab.configure': () => answerTo('lab.configure'),
    'lab.frame': async ({ steps }) => {
      await answerTo('lab.frame');
      const losses = Array.from({ length: steps }, () => ({
        step: ++is.step,
        losses: { discriminator: 1, generator: is.step },
      }));
      return { ...FRAME, step: is.step, losses };
    },
  });
  return { api, asked, inputsOf, is, release: () => waiting.splice(0).forEach((go) => go()) };
}

const CATALOGUE = {
  gans: [{ kind: LAB_CONFIG.gan.kind, phases: PAIR, options: {} }],
  losses: [],
  stabilisers: [],
  optimizers: [],
} as unknown as Catalogue;

/** The commands in order; a frame is given as its steps and the phase that takes them. */
export const names = (asked: readonly Asked[]) =>
  asked.map((each) =>
    each.name === 'lab.frame' ? `${each.input.steps} ${each.input.turn ?? 'due'}` : each.name,
  );

/** Gives the lab frames of the page, 20 milliseconds apart. */
export async function frames(lab: Lab, count: number, from = 0): Promise<void> {
  for (let frame = 0; frame < count; frame++) {
    lab.tick(from + 20 * frame);
    await settled();
  }
}

/** A lab that is open and has its first frame, with the app behind it. */
export async function opened() {
  const app = labApi();
  const lab = new Lab(app.api);
  lab.settings.catalogue = CATALOGUE;
  await frames(lab, 2);
  return { ...app, lab };
}
