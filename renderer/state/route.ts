/** The way through a turn, stop by stop: forwards from z to the loss, and back with its gradient. */
import type { Numbers, Pass, Slope, Stage, Walk } from '#main/contract/index.ts';

/** A line of a turn in pseudocode. */
export type Line =
  'draw' | 'generate' | 'judge' | 'loss' | 'slope' | 'judge-back' | 'generate-back' | 'update';

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

const NAMES: Record<string, string> = { generator: 'G', discriminator: 'D' };
/** "generator" -> "G". */
export const letterOf = (network: string): string => NAMES[network] ?? network;

/** "G(z)", "D(fake)". */
export const passTitle = ({ network, on }: Pick<Pass, 'network' | 'on'>): string =>
  `${letterOf(network)}(${on === 'penalty' ? 'penalty' : on})`;

/**
 * The passes in the order in which numbers flow; a pass on real images is left out where G's loss takes no
 * notice of it.
 */
export function passesOf({ passes, moves }: Walk): Pass[] {
  const order: Pass['on'][] = ['z', 'real', 'fake', 'penalty'];
  return order
    .flatMap((on) => passes.filter((pass) => pass.on === on))
    .filter(
      (pass) =>
        pass.on !== 'real' || moves === 'discriminator' || pass.stages.some(({ gradient }) => gradient),
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
  const end: Stop = { id: 'end', way: 'backward', line: 'update', title: `${letterOf(walk.moves)} moves` };
  return { stops: [...forward, loss, slope, ...backward, end] };
}

function inputTitle({ on }: Pass, { name }: Stage): string {
  if (name !== 'image') return name;
  return on === 'real' ? 'real image, as D sees it' : on === 'fake' ? 'fake image, as D sees it' : 'image';
}

function lineOf({ network, on }: Pass, { kind }: Stage, way: Stop['way']): Line {
  if (way === 'backward') return network === 'generator' ? 'generate-back' : 'judge-back';
  if (network === 'generator') return kind === 'input' ? 'draw' : 'generate';
  return on === 'real' && kind === 'input' ? 'draw' : 'judge';
}

/**
 * Whether a stage is an image that can be looked at, grey or in colours: of the shape that G's images have.
 */
export function isImage(
  walk: Walk,
  { network, outputs }: Pick<Pass, 'network' | 'outputs'>,
  { name, kind, value: { shape } }: Stage,
): boolean {
  const fake = fakeOf(walk)?.stage.value.shape;
  if (!fake || shape.join() !== fake.join() || fake[0] === 1) return false;
  return network === 'generator' ? outputs['image'] === name : kind === 'input' && name === 'image';
}

/** G's fake image, with the gradient that reaches it; undefined in a turn without one. */
export function fakeOf({ passes }: Walk): Place | undefined {
  const pass = passes.find(({ on }) => on === 'z');
  const stage = pass?.stages.find(({ name }) => name === pass.outputs['image']);
  return pass && stage && { pass, stage };
}

/** The turn as pseudocode, the line of each stop by its name. */
export function pseudocodeOf(moves: string): { line: Line; text: string }[] {
  return moves === 'generator'
    ? [
        { line: 'draw', text: 'z = draw(n)' },
        { line: 'generate', text: 'fake = G(z)' },
        { line: 'judge', text: 'v = D(fake)              # D is held fixed' },
        { line: 'loss', text: 'loss = L_G(v)            # a mean over n' },
        { line: 'slope', text: 'dv = dloss / dv' },
        { line: 'judge-back', text: 'dfake = dv · dD / dfake  # one for each pixel' },
        { line: 'generate-back', text: 'dw = dfake · dG / dw_G' },
        { line: 'update', text: 'w_G = optimiser(w_G, dw)' },
      ]
    : [
        { line: 'draw', text: 'x = next images; z = draw(n)' },
        { line: 'generate', text: 'fake = G(z)              # only data' },
        { line: 'judge', text: 'a, b = D(x), D(fake)' },
        { line: 'loss', text: 'loss = L_D(a, b)         # a mean over n' },
        { line: 'slope', text: 'da, db = dloss / da, dloss / db' },
        { line: 'judge-back', text: 'dw = da · dD / dw_D + db · dD / dw_D' },
        { line: 'update', text: 'w_D = optimiser(w_D, dw)' },
      ];
}

/** What happens at a stop, in plain words. */
export function wordsOf(walk: Walk, { id, way, place }: Stop): string {
  const { moves, slopes } = walk;
  if (id === 'loss')
    return `${countedVerdicts(walk)} one number, ${letterOf(moves)}'s loss: a mean. The smaller it is, the better for ${letterOf(moves)}.`;
  if (id === 'slope') {
    return slopes.length > 0
      ? 'The way back begins: how much the loss would change with this one verdict.'
      : "No verdict enters this loss: the gradient begins where a stabiliser takes its numbers from, at one of D's layers.";
  }
  if (id === 'end') {
    return moves === 'generator'
      ? `The gradient has come through D, through the fake and through G, to G's weights and to z. The optimiser moves G's weights against it; D's stay as they are.`
      : "The gradient ends at D's weights, which the optimiser moves against it. The fakes are only data here: no gradient reaches G.";
  }
  if (!place) return '';
  return place.stage.kind === 'input' ? inputWords(walk, place, way) : layerWords(walk, place, way);
}

/** The verdicts that enter the loss, up to "make". */
function countedVerdicts({ slopes: [one, other] }: Walk): string {
  if (!one) return 'No verdict enters this loss: what D answers beside them makes';
  if (other) return `All verdicts of the batch, ${one.count} of each kind, make`;
  return `The ${one.count} verdicts on ${one.on === 'real' ? 'real images' : 'fakes'}, the only ones that count here, make`;
}

/** How D's verdict is to be read, of one node or of two. */
function verdictWords({ reading }: Walk, nodes: number): string {
  if (nodes > 1) return 'the first number speaks for real, the second for fake';
  if (reading.of === 'comparison')
    return 'the larger, the more real, beside other verdicts; by itself it says nothing';
  if (reading.of === 'probability') return 'the larger, the more real';
  const { real, fake } = reading;
  if (real === fake) return `D is to answer ${spelt(real)} to both kinds, so it tells nothing`;
  return `the ${real > fake ? 'larger' : 'smaller'}, the more real; D is to answer ${spelt(real)} to real images and ${spelt(fake)} to fakes`;
}

function inputWords({ moves }: Walk, { pass, stage }: Place, way: Stop['way']): string {
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
  return moves === 'discriminator'
    ? "How the loss would change with each number that D is shown. Nobody uses it in D's turn: what D is shown is data, and the gradient stops here."
    : 'D has handed the gradient back to what it was shown: a slope for every number of it. From here it goes on into G.';
}

function layerWords(walk: Walk, { pass, stage }: Place, way: Stop['way']): string {
  const isPicture = (fakeOf(walk)?.stage.value.shape[0] ?? 1) > 1;
  if (pass.network === 'generator' && pass.outputs['image'] === stage.name) {
    if (way === 'backward')
      return `The loss's slope at every ${isPicture ? 'pixel and channel' : 'number'} of the fake: each has its own. Green: a larger number there raises the loss, so that G is pushed to lower it. Purple: the other way round.`;
    return `${stage.about} This is the fake: one layer in the middle of the network that G and D are together.`;
  }
  if (way === 'forward' && pass.outputs['verdict'] === stage.name) {
    return `${stage.about} This one is D's verdict: ${verdictWords(walk, stage.value.values.length)}.`;
  }
  return stage.about;
}

/** The slope's formula with this verdict's numbers in place of its letters. */
export function withNumbers({ formula = '', letters, verdict, count }: Slope): string {
  const values: Record<string, string> = { ...mapped(letters), v: spelt(verdict), n: String(count) };
  return formula.replace(/\p{L}+/gu, (word) => values[word] ?? word).replace(/− −/g, '+ ');
}

const spelt = (value: number): string =>
  (Number.isInteger(value) ? String(value) : value.toFixed(4)).replace('-', '−');
const mapped = (letters: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(letters).map(([name, value]) => [name, spelt(value)]));

/** Euclidean length of one image's numbers. */
export function normOf({ values }: Pick<Numbers, 'values'>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
