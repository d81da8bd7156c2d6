/** The points that the lab offers. */
import { LAB_CONFIG, STUDY_POINTS, type Points, type RunConfig } from '#main/contract/index.ts';

export const LAB_POINTS: Record<Exclude<Points['layout'], 'own'>, Points> = {
  ...STUDY_POINTS,
  ring: pointsOf(LAB_CONFIG) ?? STUDY_POINTS.ring,
};

/** Those that a run trains on; undefined where it trains on images. */
export function pointsOf({ dataset: { source } }: RunConfig): Points | undefined {
  return source.kind === 'points' ? source.points : undefined;
}
