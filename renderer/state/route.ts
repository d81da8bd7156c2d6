/** The way through a turn, stop by stop: forwards from z to the loss, and back with its gradient. */
import {
  moversOf,
  ROLES,
  type Numbers,
  type Pass,
  type Slope,
  type Stage,
  type Walk,
} from '#main/contract/index.ts';
import { numberWords, pairWords, rebuildingWords, rebuiltIn, spelt } from './number-words.ts';
import type { Line } from './pseudocode.ts';

export type Place = { pass: Pass; stage: Stage };

export type Stop = {
  id: string;
  way: 'forward' | 'backward';
  line: Line;
  title: string;
  /** Absent at the loss, at its slope and at the end. */
  place?: Place;
};

export type Route = { stops: Stop[] };

/** "G(z)", "E(real)", "D(fake)". */
export const passTitle = ({ role, on }: Pick<Pass, 'role' | 'on'>): string => `${ROLES[role].letter}(${on})`;

/** Whether D moves in this turn: what it is shown is only data then. */
const isTurnOfD = ({ roles }: Pick<Walk, 'roles'>): boolean => roles.includes('discriminator');

/** Whose loss and whose terms of stabilisers the turn has. */
export const sideOf = ({ roles }: Pick<Walk, 'roles'>): 'generator' | 'discriminator' =>
  isTurnOfD({ roles }) ? 'discriminator' : 'generator';

/**
 * The passes in the order in which numbers flow; a pass on real images is left out where G's loss takes no
 * notice of it.
 */
export function passesOf({ passes, roles }: Walk): Pass[] {
  const order: Pass['on'][] = ['z', 'real', 'fake', 'penalty'];
  return order
    .flatMap((on) => passes.filter((pass) => pass.on === on))
    .filter(
      (pass) => pass.on !== 'real' || isTurnOfD({ roles }) || pass.stages.some(({ gradient }) => gradient),
    );
}

/** The stages that the gradient reaches, from the verdict on. */
export function wayBack(walk: Walk): Place[] {
  return passesOf(walk)
    .reverse()
    .flatMap((pass) =>
      [...pass.stages]
        .reverse()
        .filter(({ gradient }) => gradient)
        .map((stage) => ({ pass, stage })),
    );
}

export function routeOf(walk: Walk): Route {
  const passes = passesOf(walk);
  const stopAt = (pass: Pass, stage: Stage, way: Stop['way']): Stop => ({
    id: `${way}/${walk.passes.indexOf(pass)}/${stage.name}`,
    way,
    title: stage.kind === 'input' ? inputTitle(pass, stage) : stage.name,
    place: { pass, stage },
    line: lineOf(pass, stage, way),
  });
  const forward = passes.flatMap((pass) => pass.stages.map((stage) => stopAt(pass, stage, 'forward')));
  const backward = wayBack(walk).map(({ pass, stage }) => stopAt(pass, stage, 'backward'));
  const loss: Stop = { id: 'loss', way: 'forward', line: 'loss', title: 'Loss' };
  const slope: Stop = { id: 'slope', way: 'backward', line: 'slope', title: 'Slope at the verdict' };
  const end: Stop = { id: 'end', way: 'backward', line: 'update', title: movesWords(walk) };
  return { stops: [...forward, loss, slope, ...backward, end] };
}

/** "D moves", "G and E move". */
export function movesWords({ roles }: Pick<Walk, 'roles'>): string {
  return `${moversOf({ roles })} ${new Set(roles).size > 1 ? 'move' : 'moves'}`;
}

function inputTitle({ role, on }: Pass, { name }: Stage): string {
  if (name !== 'image') return name;
  if (role === 'encoder') return 'real image, as E sees it';
  return on === 'real' ? 'real image, as D sees it' : on === 'fake' ? 'fake image, as D sees it' : 'image';
}

function lineOf({ role, on }: Pass, { kind }: Stage, way: Stop['way']): Line {
  const does = role === 'generator' ? 'generate' : role === 'encoder' ? 'encode' : 'judge';
  if (way === 'backward') return `${does}-back`;
  return kind === 'input' && (role === 'generator' || on === 'real') ? 'draw' : does;
}

/**
 * Whether a stage is an image that can be looked at, grey or in colours: of the shape that G's images have.
 */
export function isImage(walk: Walk, pass: Pick<Pass, 'role' | 'outputs' | 'stages'>, stage: Stage): boolean {
  const { shape } = stage.value;
  const fake = fakeOf(walk)?.stage.value.shape;
  if (!fake || shape.join() !== fake.join() || fake[0] === 1) return false;
  if (pass.role === 'generator') return pass.outputs['image'] === stage.name;
  return (stage.kind === 'input' && stage.name === 'image') || stage === rebuiltIn(pass);
}

/** G's fake image, with the gradient that reaches it; undefined in a turn without one. */
export function fakeOf({ passes }: Walk): Place | undefined {
  const pass = passes.find(({ on, role }) => on === 'z' && role === 'generator');
  const stage = pass?.stages.find(({ name }) => name === pass.outputs['image']);
  return pass && stage && { pass, stage };
}

/** What happens at a stop, in plain words. */
export function wordsOf(walk: Walk, { id, way, place }: Stop): string {
  const movers = moversOf(walk);
  if (id === 'loss')
    return `${countedVerdicts(walk)} one number, ${movers}'s loss: a mean. The smaller it is, the better for ${movers}.${partOfE(walk)}`;
  if (id === 'slope') {
    return walk.slopes[0]
      ? `The way back begins: how much the loss would change with this one verdict. D's number is ${numberWords(walk)}.`
      : "No verdict enters this loss: the gradient begins where a stabiliser takes its numbers from, at one of D's layers.";
  }
  if (id === 'end') return endWords(walk);
  if (!place) return '';
  return place.stage.kind === 'input' ? inputWords(walk, place, way) : layerWords(walk, place, way);
}

/** The verdicts that enter the loss, up to "make". */
function countedVerdicts({ slopes: [one, other] }: Walk): string {
  if (!one) return 'No verdict enters this loss: what D answers beside them makes';
  if (other) return `All verdicts of the batch, ${one.count} of each kind, make`;
  return `The ${one.count} verdicts on ${one.on === 'real' ? 'real images' : 'fakes'}, the only ones that count here, make`;
}

/** What an encoder that moves adds to the formula of G's loss. */
function partOfE({ roles }: Walk): string {
  return roles.includes('encoder')
    ? " The formula is G's part. E adds the same with real and fake exchanged, unless the formula has real verdicts already."
    : '';
}

function endWords(walk: Walk): string {
  if (isTurnOfD(walk))
    return `The gradient ends at D's weights, which the optimiser moves against it. The fakes are only data here: no gradient reaches G.${walk.passes.some(({ role }) => role === 'encoder') ? ' So are the codes that E found.' : ''}`;
  return walk.roles.includes('encoder')
    ? `The gradient has come through D to what it judged: through the fake into G, and through the code of a real image into E. The optimiser moves the weights of ${moversOf(walk)} against it; D's stay as they are.`
    : `The gradient has come through D, through the fake and through G, to G's weights and to z. The optimiser moves G's weights against it; D's stay as they are.`;
}

function inputWords(walk: Walk, { pass, stage }: Place, way: Stop['way']): string {
  if (pass.role === 'encoder' && stage.name === 'image')
    return way === 'forward'
      ? 'A real image, of which E finds the code: the point of the latent space where it would lie.'
      : 'The gradient has come through E to the image that it was shown. That is data: the gradient stops here.';
  if (pass.role === 'discriminator' && stage.name !== 'image' && stage.name !== 'class')
    return way === 'forward' ? pairWords(pass) : codeBackWords(walk, pass);
  if (stage.name === 'class')
    return 'The class that is asked for, as one number out of many. Its gradient is of no use: classes do not move.';
  if (stage.name === 'z') {
    return way === 'forward'
      ? 'A point of the latent space: random numbers, of which G makes a fake.'
      : 'Even z has a gradient: which way the point would have to move for a smaller loss. Training leaves it; projection uses it.';
  }
  const seen = {
    real: 'What D is shown of the dataset',
    fake: 'What D is shown: the fake, behind what stands between the two, such as an augmentation',
    penalty: 'Where a penalty asks for the slope of D',
    z: 'What goes in',
  }[pass.on];
  if (way === 'forward') return `${seen}.`;
  return isTurnOfD(walk)
    ? "How the loss would change with each number that D is shown. Nobody uses it in D's turn: what D is shown is data, and the gradient stops here."
    : pass.on === 'real'
      ? 'D has handed the gradient back to the real image. That is data: the gradient stops here.'
      : 'D has handed the gradient back to what it was shown: a slope for every number of it. From here it goes on into G.';
}

/** At what stands beside an image. */
function codeBackWords(walk: Walk, { on }: Pass): string {
  return !isTurnOfD(walk) && on === 'real'
    ? 'D has handed the gradient back to the code: a slope for every number of it. From here it goes on into E.'
    : 'How the loss would change with each number of the code. It is only data here: the gradient stops.';
}

function layerWords(walk: Walk, { pass, stage }: Place, way: Stop['way']): string {
  const isPicture = (fakeOf(walk)?.stage.value.shape[0] ?? 1) > 1;
  if (pass.role === 'generator' && pass.outputs['image'] === stage.name) {
    if (way === 'backward')
      return `The loss's slope at every ${isPicture ? 'pixel and channel' : 'number'} of the fake: each has its own. Green: a larger number there raises the loss, so that G is pushed to lower it. Purple: the other way round.`;
    return `${stage.about} This is the fake: one layer in the middle of the network that G and D are together.`;
  }
  if (way === 'backward') return stage.about;
  if (pass.role === 'encoder' && Object.values(pass.outputs).includes(stage.name))
    return `${stage.about} This is the code: the point of the latent space at which E sees the image. D judges the two as a pair.`;
  const words = [stage.about, rebuildingWords(pass, stage)].filter(Boolean).join(' ');
  if (pass.outputs['verdict'] === stage.name) {
    return `${words} This one is D's verdict${stage.value.values.length === 1 ? `, ${numberWords(walk)}` : ': the first number speaks for real, the second for fake'}.`;
  }
  return words;
}

/** The slope's formula with this verdict's numbers in place of its letters. */
export function withNumbers({ formula = '', letters, verdict, count }: Slope): string {
  const values: Record<string, string> = { ...mapped(letters), v: spelt(verdict), n: String(count) };
  return formula.replace(/\p{L}+/gu, (word) => values[word] ?? word).replace(/− −/g, '+ ');
}

const mapped = (letters: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(letters).map(([name, value]) => [name, spelt(value)]));

/** Euclidean length of one image's numbers. */
export function normOf({ values }: Pick<Numbers, 'values'>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
