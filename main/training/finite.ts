/** Events without numbers that are none: averaged weights can hold NaN or infinite ones, and so can what measures them. */
import type { RunEvent } from '../contract/index.ts';

type Numbers = Readonly<Record<string, number | undefined>>;

/** The event without the numbers that are NaN or infinite; all else stays. */
export function withFiniteNumbers(event: RunEvent): RunEvent {
  switch (event.type) {
    case 'losses':
      return {
        ...event,
        losses: finite(event.losses),
        ...(event.measures && { measures: finite(event.measures) }),
      };
    case 'measures':
      return {
        ...event,
        values: finite(event.values),
        ...(event.errors && { errors: finite(event.errors) }),
        ...(event.signs && { signs: finite(event.signs) }),
      };
    case 'checkpoint-saved': {
      const { distance, ...others } = event;
      return distance === undefined || Number.isFinite(distance) ? event : others;
    }
    default:
      return event;
  }
}

function finite(numbers: Numbers): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, number]) =>
      Number.isFinite(number) ? [[name, Number(number)]] : [],
    ),
  );
}
