/**
 * The trainer as a table of handlers, one for each command; the utility process around it is a thin shell.
 */
import {
  toFailure,
  type Catalogue,
  type Failure,
  type Handlers,
  type StudioEvent,
} from '../contract/index.ts';
import { catalogue } from '../catalogue/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { CheckExport } from '../export-checks/index.ts';
import { subjectOf } from '../export/index.ts';
import type { Folders } from '../folders.ts';
import { createLab } from '../lab/index.ts';
import { Estimates } from './estimates.ts';
import { Exports } from './exports.ts';
import { Measurement } from './measurement.ts';
import {
  exportPictures,
  exportSheet,
  interpolate,
  latentPoint,
  previewPictures,
  rebuildPicture,
  type Trained,
} from './model-commands.ts';
import { OwnPictures } from './own-pictures.ts';
import { completeConfig } from '../training/index.ts';
import { Trainer } from './trainer.ts';

type TrainerInput = {
  folders: Folders;
  decoders: Decoders;
  checkExport: CheckExport;
  emit: (event: StudioEvent) => void;
};
type TrainerService = { handlers: Handlers<'trainer'>; close(): Promise<void> };

/** The handlers of all commands that the trainer answers. */
export function createTrainer(given: TrainerInput): TrainerService {
  const trainer = new Trainer(given);
  const lab = createLab();
  const estimates = new Estimates(given.folders);
  /** Ends an estimate, so that what a person waits for comes first. */
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => {
    void estimates.cancel();
    return work();
  };
  const measurement = new Measurement(given);
  const exports = new Exports(given);
  /** Ends a measurement too, since the run changes. */
  const moving = <Result>(work: () => Promise<Result>): Promise<Result> => {
    void measurement.stop();
    return alone(work);
  };
  const handlers = {
    'catalogue.list': async (): Promise<Catalogue> => catalogue(given.folders.features),
    'run.check': async ({ config }) => failureOf(() => completeConfig(config)),
    'trainer.checkRestart': async () =>
      failureOf(() => [trainer, lab].forEach((each) => each.requireNoLoss())),
    ...runHandlers(trainer, moving),
    ...measuringHandlers(measurement, trainer),
    'run.estimate': async (asked) => {
      await trainer.whenIdle();
      return estimates.of(asked);
    },
    ...labHandlers(lab, alone),
    ...exportHandlers(exports, trainer),
    ...modelHandlers(() => trainer.held().trained(), new OwnPictures(given.decoders)),
    ...inspectHandlers(trainer),
  } satisfies Handlers<'trainer'>;
  const close = async () => {
    lab.close();
    await Promise.all([estimates.cancel(), measurement.stop(), exports.close()]);
    await trainer.close();
  };
  return { handlers, close };
}

type RunCommands = Exclude<
  Extract<keyof Handlers<'trainer'>, `run.${string}`>,
  'run.check' | 'run.estimate' | 'run.measure' | 'run.stopMeasuring'
>;

function runHandlers(trainer: Trainer, moving: Alone): Pick<Handlers<'trainer'>, RunCommands> {
  return {
    'run.start': (asked) => moving(() => trainer.start(asked)),
    'run.open': (asked) => moving(() => trainer.open(asked)),
    'run.resume': (request) => moving(() => trainer.resume(request)),
    'run.currentSamples': async () => trainer.held().currentSamples(),
    'run.current': async () => trainer.now(),
    'run.pause': async () => trainer.pause(),
    'run.continue': () => moving(async () => trainer.continue()),
    'run.step': () => moving(() => trainer.step()),
    'run.cancel': () => trainer.cancel(),
    'run.stop': () => trainer.stop(),
    'run.endUnsaved': () => trainer.endUnsaved(),
    'run.save': () => trainer.save(),
  };
}

type Lab = ReturnType<typeof createLab>;
type LabCommands = Extract<keyof Handlers<'trainer'>, `lab.${string}`>;
type Alone = <Result>(work: () => Promise<Result>) => Promise<Result>;

function labHandlers({ handlers }: Lab, alone: Alone): Pick<Handlers<'trainer'>, LabCommands> {
  return {
    'lab.open': (asked) => alone(() => handlers['lab.open'](asked)),
    'lab.configure': (asked) => alone(() => handlers['lab.configure'](asked)),
    'lab.frame': (asked) => alone(() => handlers['lab.frame'](asked)),
    'lab.close': (asked) => handlers['lab.close'](asked),
  };
}

type ModelCommands = Extract<keyof Handlers<'trainer'>, `latent.${string}`>;

function modelHandlers(
  trained: () => Trained,
  pictures: OwnPictures,
): Pick<Handlers<'trainer'>, ModelCommands> {
  return {
    'latent.point': (asked) => latentPoint(trained, asked, pictures),
    'latent.interpolate': (asked) => interpolate(trained, asked, pictures),
    'latent.rebuild': (asked) => rebuildPicture(trained, asked, pictures),
  };
}

function measuringHandlers(
  measurement: Measurement,
  trainer: Trainer,
): Pick<Handlers<'trainer'>, 'run.measure' | 'run.stopMeasuring'> {
  return {
    'run.measure': async () => measurement.of(trainer.held().still('measured').measurable()),
    'run.stopMeasuring': async () => {
      await measurement.stop();
      return {};
    },
  };
}

type ExportCommands = Extract<keyof Handlers<'trainer'>, `export.${string}`>;

function exportHandlers(exports: Exports, trainer: Trainer): Pick<Handlers<'trainer'>, ExportCommands> {
  return {
    'export.generator': (request) =>
      exports.write(async () => {
        const { checkpoint, formats } = request;
        return trainer.held().withTrained(checkpoint, (trained) => subjectOf(trained, formats));
      }, request),
    'export.sheet': async (request) =>
      trainer.held().withTrained(request.checkpoint, (trained) => exportSheet(trained, request)),
    'export.pictures': (request) =>
      exports.during(async (signal) =>
        trainer
          .held()
          .withTrained(request.checkpoint, (trained) => exportPictures(trained, { ...request, signal })),
      ),
    'export.preview': async (request) =>
      trainer.held().withTrained(request.checkpoint, (trained) => previewPictures(trained, request)),
    'export.cancel': async () => {
      await exports.cancel();
      return {};
    },
  };
}

type InspectCommands = Extract<keyof Handlers<'trainer'>, `inspect.${string}`>;

function inspectHandlers(trainer: Trainer): Pick<Handlers<'trainer'>, InspectCommands> {
  const inspector = () => trainer.held().still('inspected').inspector;
  return {
    'inspect.trace': async (asked) => inspector().trace(asked),
    'inspect.compare': async (asked) => inspector().compare(asked),
    'inspect.move': async (asked) => inspector().move(asked),
    'inspect.leave': async () => {
      trainer.leaveInspector();
      return {};
    },
    'inspect.nudge': async (asked) => inspector().nudge(asked),
  };
}

/** Why it is refused; null if it is not. */
function failureOf(required: () => unknown): Failure | null {
  try {
    required();
    return null;
  } catch (error) {
    return toFailure(error);
  }
}
