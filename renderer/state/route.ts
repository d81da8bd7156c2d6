/** The route through a turn, stop by stop: forward from z to the loss, and back with the gradient. */
import {
  moversOf,
  ROLES,
  type Numbers,
  type Pass,
  type LogitGradient,
  type TracedLayer,
  type Trace,
} from '#main/contract/index.ts';
import { layerTitle } from './layer-words.ts';
import {
  numberName,
  numberNames,
  numberWords,
  pairWords,
  rebuildingWords,
  rebuiltIn,
  spelt,
} from './number-words.ts';
import type { Line } from './pseudocode.ts';

export type PassLayer = { pass: Pass; layer: TracedLayer };

/** A stop of the route; `line`: the line of pseudocode that it belongs to. */
export type Stop = {
  id: string;
  way: 'forward' | 'backward';
  line: Line;
  title: string;
  /**
   * The pass and the layer; absent at the loss, at its gradient with respect to D's output and at the end.
   */
  where?: PassLayer;
};

export type Route = { stops: Stop[] };

/** The title of a pass: "G(z)", "E(real)", "D(fake)". */
export const passTitle = ({ role, on }: Pick<Pass, 'role' | 'on'>): string => `${ROLES[role].letter}(${on})`;

/** Whether D moves in this turn; its inputs are then data, which no gradient goes beyond. */
const isTurnOfD = ({ roles }: Pick<Trace, 'roles'>): boolean => roles.includes('discriminator');

/** The side of the turn: its loss, and its terms of stabilisers, are those of G or of D. */
export const sideOf = ({ roles }: Pick<Trace, 'roles'>): 'generator' | 'discriminator' =>
  isTurnOfD({ roles }) ? 'discriminator' : 'generator';

/**
 * The passes in the order in which numbers flow. In a turn of G, a pass on real images is left out if G's
 * loss does not depend on it.
 */
export function passesOf({ passes, roles }: Trace): Pass[] {
  const order: Pass['on'][] = ['z', 'real', 'fake', 'penalty'];
  return order
    .flatMap((on) => passes.filter((pass) => pass.on === on))
    .filter(
      (pass) => pass.on !== 'real' || isTurnOfD({ roles }) || pass.layers.some(({ gradient }) => gradient),
    );
}

/** The layers that the gradient reaches, in the order of its way back from D's output. */
export function wayBack(trace: Trace): PassLayer[] {
  return passesOf(trace)
    .reverse()
    .flatMap((pass) =>
      [...pass.layers]
        .reverse()
        .filter(({ gradient }) => gradient)
        .map((layer) => ({ pass, layer })),
    );
}

/**
 * The route through a trace: every layer forward, the loss, its gradient, and every layer that the gradient
 * reaches.
 */
export function routeOf(trace: Trace): Route {
  const passes = passesOf(trace);
  const stopAt = (pass: Pass, layer: TracedLayer, way: Stop['way']): Stop => ({
    id: `${way}/${trace.passes.indexOf(pass)}/${layer.name}`,
    way,
    title: layer.kind === 'input' ? inputTitle(pass, layer) : layerTitle(layer),
    where: { pass, layer },
    line: lineOf(pass, layer, way),
  });
  const forward = passes.flatMap((pass) => pass.layers.map((layer) => stopAt(pass, layer, 'forward')));
  const backward = wayBack(trace).map(({ pass, layer }) => stopAt(pass, layer, 'backward'));
  const loss: Stop = { id: 'loss', way: 'forward', line: 'loss', title: 'Loss' };
  const gradient: Stop = {
    id: 'gradient',
    way: 'backward',
    line: 'gradient',
    title: `Gradient at D’s ${numberName(trace)}`,
  };
  const end: Stop = { id: 'end', way: 'backward', line: 'update', title: movesWords(trace) };
  return { stops: [...forward, loss, gradient, ...backward, end] };
}

/** Who is updated: "D is updated", "G and E are updated". */
export function movesWords({ roles }: Pick<Trace, 'roles'>): string {
  return `${moversOf({ roles })} ${new Set(roles).size > 1 ? 'are' : 'is'} updated`;
}

function inputTitle({ role, on }: Pass, { name }: TracedLayer): string {
  if (name !== 'image') return name;
  if (role === 'encoder') return 'Real picture, as E sees it';
  return on === 'real' ? 'Real picture, as D sees it' : on === 'fake' ? 'Fake, as D sees it' : 'Picture';
}

function lineOf({ role, on }: Pass, { kind }: TracedLayer, way: Stop['way']): Line {
  const does = role === 'generator' ? 'generate' : role === 'encoder' ? 'encode' : 'judge';
  if (way === 'backward') return `${does}-back`;
  return kind === 'input' && (role === 'generator' || on === 'real') ? 'draw' : does;
}

/**
 * Whether the numbers of a layer are an image, of the shape of G's images, and not feature maps or points.
 */
export function isImage(
  trace: Trace,
  pass: Pick<Pass, 'role' | 'outputs' | 'layers'>,
  layer: TracedLayer,
): boolean {
  const { shape } = layer.value;
  const fake = fakeOf(trace)?.layer.value.shape;
  if (!fake || shape.join() !== fake.join() || fake[0] === 1) return false;
  if (pass.role === 'generator') return pass.outputs['image'] === layer.name;
  return (layer.kind === 'input' && layer.name === 'image') || layer === rebuiltIn(pass);
}

/** G's fake image, with the gradient that reaches it; undefined in a turn without a fake. */
export function fakeOf({ passes }: Trace): PassLayer | undefined {
  const pass = passes.find(({ on, role }) => on === 'z' && role === 'generator');
  const layer = pass?.layers.find(({ name }) => name === pass.outputs['image']);
  return pass && layer && { pass, layer };
}

/** What happens at a stop, in a few sentences. */
export function wordsOf(trace: Trace, { id, way, where }: Stop): string {
  const movers = moversOf(trace);
  if (id === 'loss')
    return `${countedLogits(trace)} The smaller ${movers}’s loss is, the better for ${movers}.${partOfE(trace)}`;
  if (id === 'gradient') {
    return trace.logitGradients[0]
      ? `The way back begins with the gradient at D’s output: how much the loss changes when this one ${numberName(trace)} does. D’s number is ${numberWords(trace)}.`
      : `D’s ${numberName(trace)} does not enter this loss. The gradient begins at the layer of D that the loss uses instead.`;
  }
  if (id === 'end') return endWords(trace);
  if (!where) return '';
  return where.layer.kind === 'input' ? inputStopWords(trace, where, way) : layerStopWords(trace, where, way);
}

/** Which of D's outputs enter the loss. */
function countedLogits(trace: Trace): string {
  const [one, other] = trace.logitGradients;
  if (!one) return `D’s ${numberName(trace)} does not enter this loss, which uses another layer of D.`;
  if (other)
    return `The loss is a mean over all of D’s ${numberNames(trace)} in the batch, ${one.count} of each kind.`;
  const [kind, others] = one.on === 'real' ? ['real pictures', 'fakes'] : ['fakes', 'real pictures'];
  return `The loss is a mean over D’s ${one.count} ${numberNames(trace)} for ${kind}; those for ${others} do not enter it.`;
}

/** What an encoder that moves with G adds to the formula of G's loss. */
function partOfE({ roles }: Trace): string {
  return roles.includes('encoder')
    ? ' The formula is G’s part. E adds the same with real and fake exchanged, unless the formula uses real pictures already.'
    : '';
}

function endWords(trace: Trace): string {
  if (isTurnOfD(trace))
    return `The gradient ends at D’s weights, and the optimiser moves them against it. The fakes are only data here: no gradient reaches G.${trace.passes.some(({ role }) => role === 'encoder') ? ' The codes that E found are only data too.' : ''}`;
  return trace.roles.includes('encoder')
    ? `The gradient has passed through D and the fake into G, and through the code of a real picture into E. The optimiser moves the weights of ${moversOf(trace)} against it; D’s weights stay as they are.`
    : `The gradient has passed through D, the fake and G to G’s weights and to z. The optimiser moves G’s weights against it; D’s weights stay as they are.`;
}

function inputStopWords(trace: Trace, { pass, layer }: PassLayer, way: Stop['way']): string {
  if (pass.role === 'encoder' && layer.name === 'image')
    return way === 'forward'
      ? 'A real picture. E finds its code: its point in the latent space.'
      : 'The gradient has passed through E to its input. A real picture is data, so the gradient stops here.';
  if (pass.role === 'discriminator' && layer.name !== 'image' && layer.name !== 'class')
    return way === 'forward' ? pairWords(pass) : codeBackWords(trace, pass);
  if (layer.name === 'class')
    return 'The class that is asked for, as a one-hot vector. Its gradient is not used.';
  if (layer.name === 'z') {
    return way === 'forward'
      ? 'A latent point: random numbers from which G makes a fake.'
      : 'Even z has a gradient: the direction in which the point would have to move to lower the loss. Training does not use it; methods that search for the z of a given picture do.';
  }
  const seen = {
    real: 'A real picture, as D sees it',
    fake: 'The fake, as D sees it',
    penalty: 'A picture at which a penalty measures the gradient of D',
    z: 'The input',
  }[pass.on];
  if (way === 'forward') return `${seen}.`;
  return isTurnOfD(trace)
    ? 'How the loss changes with each number of D’s input. It is not used when D is updated: D’s input is data, and the gradient stops here.'
    : pass.on === 'real'
      ? 'The gradient has passed through D to the real picture. That is data, so the gradient stops here.'
      : 'The gradient has passed through D to the fake: it has a gradient for every number. From here it goes on into G.';
}

/** The way back at a code or latent point, which D judges together with an image. */
function codeBackWords(trace: Trace, { on }: Pass): string {
  return !isTurnOfD(trace) && on === 'real'
    ? 'The gradient has passed through D to the code, which has a gradient for every number. From here it goes on into E.'
    : 'How the loss changes with each number of the code. The code is only data here, so the gradient stops.';
}

function layerStopWords(trace: Trace, { pass, layer }: PassLayer, way: Stop['way']): string {
  const isPicture = (fakeOf(trace)?.layer.value.shape[0] ?? 1) > 1;
  if (pass.role === 'generator' && pass.outputs['image'] === layer.name) {
    if (way === 'backward')
      return `The gradient of the loss at every ${isPicture ? 'pixel and channel' : 'number'} of the fake. Green: a larger number raises the loss, so the update lowers it. Purple: the other way round.`;
    return `${layer.about} This is the fake: G’s output, and D’s input.`;
  }
  if (way === 'backward') return layer.about;
  if (pass.role === 'encoder' && Object.values(pass.outputs).includes(layer.name))
    return `${layer.about} This is the code: the picture’s point in the latent space. D judges the two as a pair.`;
  const words = [layer.about, rebuildingWords(pass, layer)].filter(Boolean).join(' ');
  if (pass.outputs['logit'] === layer.name) {
    return `${words} This is D’s output${layer.value.values.length === 1 ? `, ${numberWords(trace)}` : ': the first number stands for real, the second for fake'}.`;
  }
  return words;
}

/** The formula of the gradient with respect to one output of D, with numbers in place of its letters. */
export function withNumbers({ formula = '', letters, logit, count }: LogitGradient): string {
  const values: Record<string, string> = { ...mapped(letters), v: spelt(logit), n: String(count) };
  return formula.replace(/\p{L}+/gu, (word) => values[word] ?? word).replace(/− −/g, '+ ');
}

const mapped = (letters: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(letters).map(([name, value]) => [name, spelt(value)]));

/** The Euclidean norm of the numbers. */
export function normOf({ values }: Pick<Numbers, 'values'>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
