/** Puts scores into the form that they have in events. */
import type { Score } from '../contract/index.ts';

/** Scores as events have them: values, and apart from them the standard errors that are known. */
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
