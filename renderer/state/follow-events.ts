/** Passes every event of the app to the state that it concerns, and shows notices of the important ones. */
import { isRunEvent, type AppEvent, type RunEvent, type StudioEvent } from '#main/contract/index.ts';
import type { Studio } from './studio.svelte.ts';

/** Events of a run that become remarks. */
const SAID: readonly RunEvent['type'][] = ['step-refused', 'warning', 'data-changed'];

export function follow(studio: Studio, event: StudioEvent): void {
  if (isRunEvent(event)) followRun(studio, event);
  else react(studio, event);
}

function react(studio: Studio, event: AppEvent): void {
  const { dataset, exports, latent, measuring, menu, notices } = studio;
  switch (event.type) {
    case 'dataset-progress':
      return dataset.apply(event);
    case 'measuring':
      return measuring.apply(event);
    case 'exporting':
      return exports.apply(event);
    case 'files-dropped':
      showDataset(studio);
      return dataset.open.places(event.paths);
    case 'pictures-dropped':
      return latent.takeDropped(event.paths);
    case 'drop-refused':
    case 'host-silent':
      return notices.say(`${event.failure.message} ${event.failure.remedy}`, 'danger');
    case 'host-crashed':
      return hostCrashed(studio, event);
    case 'show':
      return menu.show(event.what);
    case 'dataset-chosen':
      showDataset(studio);
      return dataset.open.recent(event.dataset);
    case 'datasets-cleared':
      return void dataset.recent.load();
    case 'run-chosen':
      menu.dialog = undefined;
      return void menu.openRun(event.folder);
    default:
      event satisfies never;
  }
}

/** Shows the view of the data set, without a dialog over it. */
function showDataset({ menu, navigation }: Studio): void {
  menu.dialog = undefined;
  navigation.go('dataset');
}

/** Passes an event of a run to its record first, which the rest reads. */
function followRun(studio: Studio, event: RunEvent): void {
  const { run, navigation, latent } = studio;
  const wasActive = run.active;
  run.apply(event);
  if (event.type === 'samples' && navigation.shows('latent')) latent.refresh();
  if (event.type === 'run-state' && wasActive) sayState(studio, event);
  if (SAID.includes(event.type)) sayRemark(studio);
}

/** Says that a run has ended, outside the Train view, which shows it itself; failures have a banner. */
function sayState(
  { run, navigation, notices }: Studio,
  { status }: Extract<RunEvent, { type: 'run-state' }>,
): void {
  if (navigation.shows('train')) return;
  const name = run.record?.config?.name ?? 'The run';
  if (status === 'finished') notices.say(`${name} has finished.`, 'good');
  if (status === 'stopped') notices.say(`${name} has stopped.`);
}

/** Says a new remark once, outside the Train view, which shows all remarks. */
function sayRemark({ run, navigation, notices }: Studio): void {
  const remark = run.record?.remarks.at(-1);
  if (remark?.times === 1 && !navigation.shows('train'))
    notices.say(`${remark.title} ${remark.remedy}`, 'danger');
}

function hostCrashed(
  { recovery, dataset, latent, run }: Studio,
  event: Extract<StudioEvent, { type: 'host-crashed' }>,
): void {
  void recovery.crashed(event);
  if (event.host === 'library') {
    dataset.interrupted(event.failure);
    return;
  }
  latent.playing = false;
  run.interrupted(event.failure);
}
