/**
 * The table of views, one folder each; a view imports state, topics and parts, and never another view.
 * To add one: a folder here and a line in TABLE.
 */
import { HOME, type NamedView } from '../state/navigation.svelte.ts';
import { catalogue } from './catalogue/view.ts';
import { dataset } from './dataset/view.ts';
import { exporting } from './export/view.ts';
import { firstSteps } from './first-steps/view.ts';
import { glossary } from './glossary/view.ts';
import { inspect } from './inspect/view.ts';
import { lab } from './lab/view.ts';
import { latent } from './latent/view.ts';
import { preferences } from './preferences/view.ts';
import { runs } from './runs/view.ts';
import { train } from './train/view.ts';
import type { View } from './view.ts';

/** By name, which is also the address, in the order of the navigation. */
const TABLE = {
  'first-steps': firstSteps,
  dataset,
  train,
  inspect,
  latent,
  lab,
  'export': exporting,
  runs,
  catalogue,
  glossary,
  preferences,
} satisfies Record<NamedView, View> & Record<string, View>;

export type ListedView = View & { name: string };

export const VIEWS: readonly ListedView[] = Object.entries<View>(TABLE).map(([name, view]) => ({
  ...view,
  name,
}));

/** The view of this name; for an unknown name, the view that the window opens with. */
export function viewNamed(name: string): ListedView {
  return VIEWS.find((view) => view.name === name) ?? { ...TABLE[HOME], name: HOME };
}
