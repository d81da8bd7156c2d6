/** The controls of the latent point: a slider for every number, and a list for every one-hot part. */
import { pointOfSeed, type LatentSpace } from '../../../latent.ts';
import { button, element, made } from './elements.ts';
import type { Explorer } from './explorer.ts';

const FIRST = 16;
/** The ends of sliders, plus and minus: nearly every number of a normal distribution lies within 3. */
const ENDS = { normal: 3, uniform: 1 } as const;

type Control = { row: HTMLElement; show(point: Float32Array): void };

/** Fills the panel with controls that show the explorer's point and move it. */
export function showLatent(explorer: Explorer): void {
  const { latent } = explorer.trained.model;
  const controls = controlsOf(latent, explorer);
  const list = element('latent');
  controls.forEach(({ row }, index) => {
    row.hidden = index >= FIRST;
    list.append(row);
  });
  offerAll(controls);
  element('latent-about').textContent = aboutOf(latent);
  const reset = button('reset');
  reset.addEventListener('click', () => void explorer.goTo(explorer.seed));
  explorer.whenMoved(() => {
    reset.disabled = !explorer.isChanged;
    for (const { row, show } of controls) if (!row.hidden) show(explorer.point);
  });
}

function offerAll(controls: readonly Control[]): void {
  const more = button('all');
  const rest = controls.slice(FIRST);
  const only = `Only the first ${FIRST}`;
  const words = `Show all ${controls.length}`;
  more.hidden = rest.length === 0;
  more.textContent = words;
  more.setAttribute('aria-expanded', 'false');
  more.addEventListener('click', () => {
    const isOpen = more.getAttribute('aria-expanded') === 'true';
    rest.forEach(({ row }) => (row.hidden = isOpen));
    more.setAttribute('aria-expanded', String(!isOpen));
    more.textContent = isOpen ? words : only;
    more.dispatchEvent(new Event('toggled', { bubbles: true }));
  });
}

function aboutOf(latent: LatentSpace): string {
  const count = latent.reduce((sum, { size }) => sum + size, 0);
  return `The model makes its picture of these ${count} numbers. A double click, or Delete, puts one back.`;
}

function controlsOf(latent: LatentSpace, explorer: Explorer): Control[] {
  let offset = 0;
  return latent.flatMap(({ name, size, distribution }) => {
    const from = offset;
    offset += size;
    if (distribution === 'one-hot') return [kindControl({ name, from, size }, explorer)];
    return Array.from({ length: size }, (_, index) =>
      slider({ name: `${name} ${index + 1}`, at: from + index, end: ENDS[distribution] }, explorer),
    );
  });
}

function slider({ name, at, end }: { name: string; at: number; end: number }, explorer: Explorer): Control {
  const id = `latent-${at}`;
  const range = made('input', { id, type: 'range', min: String(-end), max: String(end), step: '0.01' });
  range.className = 'signed';
  const value = made('output');
  value.setAttribute('for', id);
  const moveTo = (number: number) =>
    void explorer.move(explorer.point.map((old, index) => (index === at ? number : old)));
  const putBack = () => moveTo(pointOfSeed(explorer.trained.model.latent, explorer.seed)[at] ?? 0);
  range.addEventListener('input', () => moveTo(range.valueAsNumber));
  range.addEventListener('dblclick', putBack);
  range.addEventListener('keydown', ({ key }) => {
    if (key === 'Delete' || key === 'Backspace') putBack();
  });
  return {
    row: made('div', { className: 'row' }, made('label', { htmlFor: id }, name), range, value),
    show(point) {
      const number = point[at] ?? 0;
      const words = number.toFixed(2).replace('-', '−');
      if (value.textContent === words) return;
      range.value = String(number);
      value.textContent = words;
      const share = (50 * Math.min(1, Math.max(-1, number / end)) + 50).toFixed(1);
      range.style.setProperty('--share', `${share}%`);
    },
  };
}

function kindControl(
  { name, from, size }: { name: string; from: number; size: number },
  explorer: Explorer,
): Control {
  const id = `latent-${from}`;
  const select = made('select', { id });
  for (let kind = 0; kind < size; kind++)
    select.append(made('option', { value: String(kind) }, `Kind ${kind + 1}`));
  select.addEventListener('change', () => {
    const point = explorer.point.slice();
    point.fill(0, from, from + size);
    point[from + Number(select.value)] = 1;
    void explorer.move(point);
  });
  return {
    row: made('div', { className: 'row' }, made('label', { htmlFor: id }, name), select),
    show(point) {
      const part = point.subarray(from, from + size);
      select.value = String(part.indexOf(Math.max(...part)));
    },
  };
}
