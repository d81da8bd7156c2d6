/** An endless walk in the latent space: from the current point to a random one, and on from there. */
import { pointOfSeed, walk } from '../../../latent.ts';
import { button, element, input, say } from './elements.ts';
import { newSeed, type Explorer } from './explorer.ts';

/** Milliseconds between the pictures of a walk for people who prefer reduced motion. */
const STILLS_APART = 1000;

/** Sets up the button and the speed of the walk. */
export function offerWalk(explorer: Explorer): void {
  const toggle = button('walk');
  const seconds = speed();
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let goes = 0;

  const stop = () => {
    goes += 1;
    toggle.setAttribute('aria-pressed', 'false');
  };
  const start = async () => {
    goes += 1;
    const own = goes;
    toggle.setAttribute('aria-pressed', 'true');
    say('Walking.');
    const { latent } = explorer.trained.model;
    const leg = { from: explorer.point, to: pointOfSeed(latent, newSeed()), done: 0 };
    let before = await nextFrame();
    while (own === goes) {
      if (calm.matches) await new Promise((resolve) => setTimeout(resolve, STILLS_APART));
      const now = await nextFrame();
      if (own !== goes) return;
      leg.done = Math.min(1, leg.done + Math.min(now - before, STILLS_APART) / 1000 / seconds());
      before = now;
      await explorer.move(walk(latent, [leg.from, leg.to], { way: 'spherical', positions: [leg.done] }));
      if (leg.done === 1) Object.assign(leg, { from: leg.to, to: pointOfSeed(latent, newSeed()), done: 0 });
    }
  };
  toggle.addEventListener('click', () => {
    if (toggle.getAttribute('aria-pressed') === 'false') void start();
    else {
      stop();
      say('The walk pauses.');
    }
  });
  onOtherWays(stop);
}

/** Calls `leave` when a person uses another control that moves the point. */
function onOtherWays(leave: () => void): void {
  for (const id of ['frame', 'latent', 'new', 'reset', 'seed', 'sheet', 'own'])
    for (const event of ['input', 'pointerdown', 'keydown', 'click'])
      element(id).addEventListener(event, (given) => {
        if (!(given instanceof KeyboardEvent) || given.key !== 'Tab') leave();
      }, { capture: true }); // prettier-ignore
}

/** Sets up the slider, and returns a function that reads its seconds from one point to the next. */
function speed(): () => number {
  const range = input('speed');
  const show = () => {
    element('speed-value').textContent = `${range.value} s each`;
    range.setAttribute('aria-valuetext', `${range.value} seconds from one picture to the next`);
    const share = (100 * (range.valueAsNumber - Number(range.min))) / (Number(range.max) - Number(range.min));
    range.style.setProperty('--share', `${share.toFixed(1)}%`);
  };
  range.addEventListener('input', show);
  show();
  return () => range.valueAsNumber;
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
