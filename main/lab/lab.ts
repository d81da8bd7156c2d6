/**
 * A GAN on points of the plane that takes steps on demand, shows what they do, and goes on when its settings
 * change.
 */
import {
  StudioError,
  type LabFacts,
  type LabFrame,
  type LabFrameRequest,
  type Points,
  type RunConfig,
} from '../contract/index.ts';
import { pointsDataset, scaledPoints, type Dataset } from '../datasets/index.ts';
import { drawPoints, latentSpace } from '../explore/index.ts';
import { energyDistance } from '../metrics/index.ts';
import { completeConfig, type Rules, rulesOf, Session, updatesUpTo } from '../training/index.ts';
import { carriedOver } from './carry-over.ts';
import { frameOf, samplesOf } from './frame.ts';

/** Real points, and fakes, that the distance is computed from. */
const MEASURED = 512;
/** The distance is computed again after this many steps. */
const STEPS_BETWEEN_DISTANCES = 10;

/** What a config makes of the plane: the points to train on, and those to show and to measure. */
type Scene = {
  rules: Rules;
  dataset: Dataset;
  extent: number;
  /**
   * Shown in every frame, [batch, 2] and [batch, z]: always the same, so that a person sees each fake move.
   */
  real: Float32Array<ArrayBuffer>;
  z: Float32Array;
  /** For the distance. */
  measured: { real: Float32Array; z: Float32Array };
};

export class Lab {
  private session: Session;
  private scene: Scene;
  private anew: LabFacts['anew'] = 'nothing';
  private measuredAt: number | undefined;

  /**
   * Throws StudioError or ZodError for a config that no session can be made of, `no-points` for one on
   * pictures.
   */
  constructor(config: RunConfig) {
    const complete = completeConfig(config);
    this.scene = sceneOf(complete);
    this.session = new Session(complete, undefined, {
      rules: this.scene.rules,
      apart: { phases: namesOf(this.scene.rules) },
    });
  }

  get facts(): LabFacts {
    return { step: this.session.step, extent: this.scene.extent, anew: this.anew };
  }

  /**
   * Goes on with other settings. Weights that fit are kept, and so is what the optimiser remembers, if all of
   * it fits. Throws what the constructor throws, and then goes on as before.
   */
  configure(config: RunConfig): LabFacts {
    const complete = completeConfig(config);
    const scene = sceneOf(complete);
    const { checkpoint, anew } = carriedOver(this.session.checkpoint(), {
      config: complete,
      rules: scene.rules,
    });
    const ahead = anew === 'nothing' ? aheadUnder(this.session, scene.rules) : {};
    const session = new Session(complete, checkpoint, {
      rules: scene.rules,
      apart: { phases: namesOf(scene.rules), ahead },
    });
    this.session.dispose();
    this.session = session;
    this.scene = scene;
    this.anew = anew;
    this.measuredAt = undefined;
    return this.facts;
  }

  /**
   * Takes the steps, then shows the result, which changes nothing. Throws StudioError `not-finite` at a step
   * that is NaN or infinite, and stays before it.
   */
  frame({ steps, turn }: LabFrameRequest): LabFrame {
    const { session, scene } = this;
    const losses = Array.from({ length: steps }, () => {
      const {
        config: { batch, seed },
        step,
      } = session;
      const report = session.takeStep({ images: scene.dataset.batch({ step, batch, seed }) }, turn);
      return { step: session.step, losses: report.losses };
    });
    const seen = frameOf({ session, ...scene });
    return { step: session.step, losses, real: scene.real, ...seen, ...this.distance() };
  }

  dispose(): void {
    this.session.dispose();
  }

  private distance(): Pick<LabFrame, 'distance'> {
    const {
      session,
      scene: { rules, measured },
    } = this;
    if (this.measuredAt !== undefined && Math.abs(session.step - this.measuredAt) < STEPS_BETWEEN_DISTANCES)
      return {};
    this.measuredAt = session.step;
    return { distance: energyDistance(measured.real, samplesOf({ session, rules, z: measured.z })) };
  }
}

/** The phases that may be taken alone: all of them. */
const namesOf = ({ phases }: Rules): string[] => phases.map(({ name }) => name);

/**
 * By how many updates each player is ahead under these other rules, by whose phases other numbers of updates
 * are due up to the same step.
 */
function aheadUnder({ ahead, rules, step }: Session, { players, phases }: Rules): Record<string, number> {
  return Object.fromEntries(
    Object.keys(players).map((player) => {
      const counted = (all: Rules['phases']) => {
        const phase = all.find(({ moves }) => moves.includes(player));
        return phase ? updatesUpTo({ phases: all, phase, player, step }) : 0;
      };
      return [player, (ahead[player] ?? 0) + counted(rules.phases) - counted(phases)];
    }),
  );
}

function sceneOf(config: RunConfig): Scene {
  const { batch, seed } = config;
  const dataset = pointsDataset(pointsOf(config), config.dataset.options);
  const realOf = (step: number, count: number) => dataset.batch({ seed, step, batch: count });
  const rules = rulesOf(config);
  const space = latentSpace(rules.sources);
  const latentOf = (step: number, count: number) =>
    drawPoints(space, { seed, stream: 'fixedZ', step }, count);
  return {
    rules,
    dataset,
    extent: 1 / scaledPoints(pointsOf(config)).scale,
    real: realOf(0, batch),
    z: latentOf(0, batch),
    measured: { real: realOf(1, MEASURED), z: latentOf(1, MEASURED) },
  };
}

function pointsOf({ dataset: { source } }: RunConfig): Points {
  if (source.kind === 'points') return source.points;
  throw new StudioError({
    code: 'no-points',
    message: 'The lab trains on points of the plane, not on pictures.',
    remedy: 'Choose points, such as the ring.',
  });
}
