/** Scores as events tell them. */
import type { Score } from '../contract/index.ts';

/** Values and standard errors apart, as events tell them. */
export function asMeasured(scores: Record<string, Score>): {
  values: Record<string, number>;
  errors?: Record<string, number>;
} {
  const all = Object.entries(scores);
  const errors = all.flatMap(([kind, { error }]) => (error === undefined ? [] : [[kind, error] as const]));
  return {
    values: Object.fromEntries(all.map(([kind, { value }]) => [kind, value])),
    ...(errors.length > 0 && { errors: Object.fromEntries(errors) }),
  };
}
