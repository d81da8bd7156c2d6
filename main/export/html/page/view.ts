/**
 * The large picture: what the model makes of the current point, or a plot if that is a point of the plane.
 */
import { drawPoints, sizeOf } from '../../../latent.ts';
import { button, canvas, element, input, made, say } from './elements.ts';
import type { Explorer } from './explorer.ts';
import { drawPixels, drawPlot, enlarged, isPlane, PLOT_SIZE, savePng, type Plot } from './picture.ts';
import { generated } from './uses.ts';

const SCALES = [1, 2, 3, 4, 5, 6, 7, 8];
const POINTS = 600;
const TRAIL = 40;
/** Pixels along a side of the plane on the screen. */
const SHOWN = 1024;

/** Draws every new picture of the explorer, and offers to save it. */
export function showPictures(explorer: Explorer): void {
  const target = canvas('picture');
  const name = () => labelOf(explorer);
  const source = isPlane(explorer.trained.model) ? planeOn(target, explorer) : pixelsOn(target, explorer);
  explorer.whenDrawn(() => target.setAttribute('aria-label', name()));
  offerSave(explorer, source);
}

/** The picture to save at a scale. */
type Source = (scale: number) => HTMLCanvasElement;

function pixelsOn(target: HTMLCanvasElement, explorer: Explorer): Source {
  explorer.whenDrawn((values) => drawPixels(target, explorer.trained.model.image, values));
  return (scale) => enlarged(target, scale);
}

function planeOn(target: HTMLCanvasElement, explorer: Explorer): Source {
  target.parentElement?.classList.add('plane');
  const plot: { -readonly [Key in keyof Plot]: Plot[Key] } = {
    points: new Float32Array(),
    trail: [],
    here: [0, 0],
  };
  let seed: number | undefined;
  const draw = () => drawPlot(target, SHOWN, plot);
  explorer.whenDrawn(([x = 0, y = 0]) => {
    if (seed !== explorer.seed) {
      seed = explorer.seed;
      plot.trail = [];
      void cloudOf(explorer).then((points) => {
        plot.points = points;
        draw();
      });
    } else plot.trail = [...plot.trail, plot.here].slice(-TRAIL);
    plot.here = [x, y];
    draw();
  });
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return (scale) => {
    const saved = document.createElement('canvas');
    drawPlot(saved, PLOT_SIZE * scale, plot);
    return saved;
  };
}

/** What the model makes of many points. */
function cloudOf({ trained, seed, chosen }: Explorer): Promise<Float32Array> {
  const points = drawPoints(trained.model.latent, { seed, stream: 'points', step: 0 }, POINTS);
  return generated(trained, points.subarray(0, POINTS * sizeOf(trained.model.latent)), chosen);
}

/** A description of the picture for people who do not see it. */
export function labelOf({ trained: { model }, seed, chosen, isChanged }: Explorer): string {
  const kind = model.classes[chosen];
  const start = isChanged ? `started from seed ${seed}` : `of seed ${seed}`;
  return `Generated ${isPlane(model) ? 'points' : 'picture'} ${start}${kind === undefined ? '' : `, class ${kind}`}`;
}

function offerSave(explorer: Explorer, source: Source): void {
  const { model } = explorer.trained;
  const side = isPlane(model) ? PLOT_SIZE : model.image.size;
  const scales = element('scale', HTMLSelectElement);
  for (const scale of SCALES)
    scales.append(
      made('option', { value: String(scale), selected: scale === 4 }, `${scale}× · ${side * scale} px`),
    );
  button('save').addEventListener('click', () => {
    const name = fileName(explorer, Number(scales.value));
    void savePng(source(Number(scales.value)), name).then(() => say(`Saved ${name}.`));
  });
}

/** Such as "digits-3-seed-12-4x.png". */
function fileName({ trained: { model }, seed, chosen, isChanged }: Explorer, scale: number): string {
  const parts = [
    model.name,
    model.classes[chosen] ?? '',
    'seed',
    String(seed),
    isChanged ? 'changed' : '',
    `${scale}x`,
  ];
  const words = parts.flatMap((part) => part.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u));
  return `${words.filter((word) => word !== '').join('-')}.png`;
}

/** Shows the seed in its field, and goes to the seed that a person enters. */
export function showSeed(explorer: Explorer): void {
  const field = input('seed');
  explorer.whenMoved(() => {
    if (document.activeElement !== field) field.value = String(explorer.seed);
  });
  field.addEventListener('change', () => {
    if (field.validity.valid && field.value !== '') void explorer.goTo(Number(field.value));
    else field.value = String(explorer.seed);
  });
}
