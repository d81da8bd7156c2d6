/** A lab for tests, whose answers can be held back. */
import {
  LAB_CONFIG,
  type StudioError,
  type Api,
  type Catalogue,
  type LabFacts,
  type LabFrame,
  type LabFrameRequest,
  type RunConfig,
} from '#main/contract/index.ts';
import { Lab } from './lab.svelte.ts';
import { PAIR } from './test-phases.ts';

export type Asked = { name: string; input: { config?: RunConfig } & Partial<LabFrameRequest> };

/** An api with a lab of its own, whose answers wait to be let go while it is held. */
function labApi() {
  const asked: Asked[] = [];
  const waiting: (() => void)[] = [];
  const is = {
    held: false,
    step: 0,
    failing: undefined as StudioError | undefined,
    anew: 'nothing' as LabFacts['anew'],
  };
  const answerTo = ({ name, input }: Asked): unknown => {
    if (is.failing) throw is.failing;
    if (name === 'lab.open' || is.anew !== 'nothing') is.step = 0;
    if (name !== 'lab.frame') return { step: is.step, extent: 1.4, anew: is.anew } satisfies LabFacts;
    const losses = Array.from({ length: input.steps! }, () => ({
      step: ++is.step,
      losses: { discriminator: 1, generator: is.step },
    }));
    return { step: is.step, losses, distance: 0.5 } as unknown as LabFrame;
  };
  const call = (name: string, input: Asked['input']): Promise<unknown> => {
    const request = { name, input };
    asked.push(request);
    const hold = is.held ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve();
    return hold.then(() => answerTo(request));
  };
  return {
    api: { call, subscribe: () => () => undefined } as unknown as Api,
    asked,
    is,
    release: () => waiting.splice(0).forEach((go) => go()),
  };
}

const CATALOGUE = {
  gans: [{ kind: LAB_CONFIG.gan.kind, phases: PAIR, options: {} }],
  losses: [],
  stabilisers: [],
  optimizers: [],
} as unknown as Catalogue;

export const settled = () => new Promise((resolve) => setTimeout(resolve));
export const names = (asked: Asked[]) =>
  asked.map(({ name, input }) => (name === 'lab.frame' ? `${input.steps} ${input.turn ?? 'due'}` : name));

/** One frame of the page after another, 20 milliseconds apart. */
export async function frames(lab: Lab, count: number, from = 0): Promise<void> {
  for (let frame = 0; frame < count; frame++) {
    lab.tick(from + 20 * frame);
    await settled();
  }
}

export async function opened() {
  const given = labApi();
  const lab = new Lab(given.api);
  lab.settings.catalogue = CATALOGUE;
  await frames(lab, 2);
  return { ...given, lab };
}
