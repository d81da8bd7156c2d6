/** Whether the settings of a run are as a change would make them. */
import { isSettingPath, valueAt, type SettingsChange } from '#main/contract/index.ts';
import type { Settings } from './settings.svelte.ts';

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
