/**
 * The entry of the exported page, which runs in a browser: it may import tfjs and modules that need no Node.
 * It loads the networks, then sets up every control.
 */
import { offerClasses, offerPictures, offerTheme } from './choices.ts';
import { offerDragging } from './dragging.ts';
import { element } from './elements.ts';
import { Explorer } from './explorer.ts';
import { showLatent } from './latent-controls.ts';
import type { PageModel, Running } from './model.ts';
import { offerOwnPicture } from './own-picture.ts';
import { isPlane } from './picture.ts';
import { showPictures, showSeed } from './view.ts';
import { offerWalk } from './walking.ts';

declare global {
  /** The networks, for people who want to try them in the browser's console. */
  var ganModel: Running | undefined;
}

const FIRST_SEED = 1;
const text = (id: string): string => element(id).textContent;

async function open(): Promise<void> {
  offerTheme();
  const model = JSON.parse(text('model')) as PageModel;
  element('facts').textContent = factsOf(model);
  element('licence-text').textContent = text('licences').trim();
  // Lets the page show before the model is loaded, which takes a while for a large one.
  await new Promise((resolve) => setTimeout(resolve));
  const running = await ganEngine.load({ model, weights: text('weights'), wasm: text('wasm') });
  globalThis.ganModel = running;

  const explorer = new Explorer({ model, running }, FIRST_SEED);
  offerClasses(explorer);
  showSeed(explorer);
  showLatent(explorer);
  showPictures(explorer);
  offerPictures(explorer);
  offerDragging(explorer);
  offerOwnPicture(explorer);
  offerWalk(explorer);
  element('all').addEventListener('toggled', () => void explorer.move(explorer.point));
  await explorer.goTo(FIRST_SEED);
  element('wait').hidden = true;
  document.documentElement.dataset['ready'] = running.backend;
}

function factsOf(model: PageModel): string {
  const { gan, image, step } = model;
  const what = isPlane(model) ? 'points of the plane' : `${image.size} × ${image.size} pixels`;
  return [gan, what, `${step.toLocaleString('en')} steps of training`].join(' · ');
}

open().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  element('wait').textContent = `The model could not be loaded: ${reason}`;
  element('wait').hidden = false;
});
