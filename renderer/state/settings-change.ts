/** Compares settings with a change that a fix offers. */
import { isSettingPath, valueAt, type SettingsChange } from '#main/contract/index.ts';
import type { Settings } from './settings.svelte.ts';

/** Whether the settings of a run are already as the change would make them. */
export function isMade(settings: Pick<Settings, 'draft' | 'uses'>, change: SettingsChange): boolean {
  switch (change.kind) {
    case 'set':
      return isSettingPath(change.path) && valueAt(settings.draft, change.path) === change.value;
    case 'option':
      return settings.draft.gan.options[change.name] === change.value;
    case 'choose':
      return settings.uses(change.part, change.entry);
    case 'remove':
      return !settings.uses('stabilisers', change.stabiliser);
    default:
      return change satisfies never;
  }
}
