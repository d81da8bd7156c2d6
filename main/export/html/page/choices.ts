/** The controls with which a person chooses a class, another picture, and light or dark colours. */
import { joined, pointOfSeed } from '../../../latent.ts';
import { button, element, made, say } from './elements.ts';
import { newSeed, type Explorer } from './explorer.ts';
import { drawPixels, isPlane } from './picture.ts';
import { generated } from './uses.ts';
import { labelOf } from './view.ts';

/** More classes than this are offered as a drop-down list. */
const CHIPS = 12;
const OTHERS = 8;

export function offerClasses(explorer: Explorer): void {
  const { classes } = explorer.trained.model;
  if (classes.length === 0) return;
  element('classes').hidden = false;
  const list = element('class-list');
  if (classes.length > CHIPS) {
    const select = made('select');
    select.setAttribute('aria-label', 'Class');
    classes.forEach((name, index) => select.append(made('option', { value: String(index) }, name)));
    select.addEventListener('change', () => void explorer.choose(Number(select.value)));
    list.append(select);
    return;
  }
  classes.forEach((name, index) => {
    const radio = made('input', { type: 'radio', name: 'class', value: String(index), checked: index === 0 });
    radio.addEventListener('change', () => void explorer.choose(index));
    list.append(made('label', {}, radio, made('span', {}, name)));
  });
}

/** Offers new pictures one by one, and a row of others to choose from. */
export function offerPictures(explorer: Explorer): void {
  const isPoints = isPlane(explorer.trained.model);
  button('new').textContent = isPoints ? 'New points' : 'New picture';
  button('new').addEventListener('click', () => {
    void explorer.goTo(newSeed()).then(() => say(`${labelOf(explorer)}.`));
  });
  element('more').hidden = isPoints;
  if (isPoints) return;
  const show = showOthers(explorer);
  button('others').addEventListener('click', () => show(Array.from({ length: OTHERS }, newSeed)));
}

/** Returns a function that shows the pictures of some seeds, of the chosen class. */
function showOthers(explorer: Explorer): (seeds: number[]) => void {
  const { model } = explorer.trained;
  let seeds = Array.from({ length: OTHERS }, (_, index) => index + 1);
  let kind: number | undefined;
  const shown = seeds.map((_, index) => {
    const target = made('canvas', { width: 1, height: 1 });
    const choose = made('button', { type: 'button' }, target);
    choose.addEventListener('click', () => void explorer.goTo(seeds[index] ?? 0));
    element('sheet').append(made('li', {}, choose));
    return { target, choose };
  });
  const draw = async () => {
    const points = joined(model.latent, partsOf(model.latent, seeds));
    const values = await generated(explorer.trained, points, explorer.chosen);
    const pixels = values.length / seeds.length;
    shown.forEach(({ target, choose }, index) => {
      drawPixels(target, model.image, values.subarray(index * pixels, (index + 1) * pixels));
      choose.setAttribute('aria-label', `Picture of seed ${seeds[index] ?? 0}`);
    });
  };
  explorer.whenDrawn(() => {
    if (kind === explorer.chosen) return;
    kind = explorer.chosen;
    void draw();
  });
  return (others) => {
    seeds = others;
    void draw();
  };
}

/** The points of these seeds: for each part, [seeds, size] flattened. */
function partsOf(latent: Parameters<typeof joined>[0], seeds: readonly number[]): Float32Array[] {
  let offset = 0;
  return latent.map(({ size }) => {
    const from = offset;
    offset += size;
    return Float32Array.from(
      seeds.flatMap((seed) => Array.from(pointOfSeed(latent, seed).subarray(from, from + size))),
    );
  });
}

/** Follows the device's light or dark setting until a person chooses. */
export function offerTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const toggle = button('theme');
  const show = (isDark: boolean) => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    toggle.setAttribute('aria-pressed', String(isDark));
  };
  let isChosen = false;
  show(dark.matches);
  dark.addEventListener('change', () => {
    if (!isChosen) show(dark.matches);
  });
  toggle.addEventListener('click', () => {
    isChosen = true;
    show(toggle.getAttribute('aria-pressed') !== 'true');
  });
}
