/** Leaves NaN and infinite numbers out of events: averaged weights can hold them, and then metrics do too. */
import type { RunEvent } from '../contract/index.ts';

type Numbers = Readonly<Record<string, number | undefined>>;

/** The event without the numbers that are NaN or infinite; all else stays. */
export function withFiniteNumbers(event: RunEvent): RunEvent {
  if (event.type === 'losses') {
    const { losses, measures } = event;
    return { ...event, losses: finite(losses), ...(measures && { measures: finite(measures) }) };
  }
  if (event.type === 'measures') {
    const { values, errors, signs } = event;
    return {
      ...event,
      values: finite(values),
      ...(errors && { errors: finite(errors) }),
      ...(signs && { signs: finite(signs) }),
    };
  }
  if (event.type !== 'checkpoint-saved') return event;
  const { distance, ...others } = event;
  return distance === undefined || Number.isFinite(distance) ? event : others;
}

function finite(numbers: Numbers): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, number]) =>
      Number.isFinite(number) ? [[name, Number(number)]] : [],
    ),
  );
}
