// @ts-check
/** What set-up says to the person: always on standard error, so that a command's own output stays clean. */

/** A failure that a person can act on: what happened, and what to do about it. */
export class SetupError extends Error {
  /** @param {{ code: string, facts: string, remedy: string }} failure */
  constructor({ code, facts, remedy }) {
    super(`${facts}\n${remedy}`);
    this.name = 'SetupError';
    this.code = code;
  }
}

/**
 * Prints one line.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Shows a step that takes a while: on a terminal by a line that is redrawn, elsewhere by a line every ten
 * seconds.
 * @param {string} label
 */
export function step(label) {
  const started = Date.now();
  const onTerminal = process.stderr.isTTY;
  let lastShown = started;
  if (onTerminal) process.stderr.write(`${label} ...`);
  else say(`${label} ...`);
  return {
    /** @param {string} detail */
    update(detail) {
      const seconds = Math.round((Date.now() - started) / 1000);
      if (onTerminal) process.stderr.write(`\r\x1b[K${label}: ${detail} (${seconds} s)`);
      else if (Date.now() - lastShown >= 10_000) {
        lastShown = Date.now();
        say(`${label}: ${detail} (${seconds} s)`);
      }
    },
    /** @param {string} outcome */
    end(outcome) {
      if (onTerminal) process.stderr.write('\r\x1b[K');
      say(`${label}: ${outcome} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    },
  };
}

/**
 * A number of bytes in megabytes.
 * @param {number} bytes
 * @returns {string} such as `98 MB`
 */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
