/**
 * Shows progress on standard error: a bar on a terminal, elsewhere a line every few seconds. Standard output
 * is for results.
 */
import { Presets, SingleBar } from 'cli-progress';
import { labelOf, type RunConfig, type RunEvent } from '../contract/index.ts';
import { ganOf, phasesOf } from '../gans/index.ts';
import { forTerminal } from './for-terminal.ts';

const LINE_MILLISECONDS = 5000;

/** Shows `done` of `total` of some work. */
export class Progress {
  private readonly label: string;
  private readonly bar: SingleBar | undefined;
  private saidAt = performance.now();

  constructor(label: string) {
    this.label = label;
    if (process.stderr.isTTY) {
      this.bar = new SingleBar(
        {
          format: `${label} {bar} {percentage}%  {value}/{total}  {note}`,
          hideCursor: true,
          clearOnComplete: true,
          stream: process.stderr,
        },
        Presets.shades_classic,
      );
    }
  }

  show({ done, total, note: words = '' }: { done: number; total: number; note?: string }): void {
    const note = forTerminal(words);
    if (this.bar) {
      if (this.bar.isActive) this.bar.update(done, { note });
      else this.bar.start(total, done, { note });
    } else if (performance.now() - this.saidAt >= LINE_MILLISECONDS) {
      this.saidAt = performance.now();
      process.stderr.write(`${this.label}: ${done} of ${total}${note ? `, ${note}` : ''}\n`);
    }
  }

  end(): void {
    this.bar?.stop();
  }
}

/** Shows a run's events as progress with losses, speed and time left. */
export class TrainingProgress {
  private readonly progress = new Progress('Training');
  /** The players that move in each phase, such as "G and E". */
  private readonly movers: Record<string, string>;
  private losses: Record<string, number> = {};
  private metrics: Record<string, number> = {};

  constructor({ gan: { kind } }: RunConfig) {
    const phases = phasesOf(ganOf(kind));
    this.movers = Object.fromEntries(phases.map((phase) => [phase.name, labelOf(phase, phases)]));
  }

  show(event: RunEvent): void {
    if (event.type === 'losses') this.losses = { ...this.losses, ...event.losses };
    if (event.type === 'measures' && event.of === undefined) this.metrics = event.values;
    if (event.type !== 'progress') return;
    const left = event.secondsLeft === undefined ? '' : `  ${duration(event.secondsLeft)} left`;
    const losses = Object.entries(this.losses)
      .map(([phase, loss]) => `${this.movers[phase] ?? phase} ${loss.toFixed(3)}`)
      .join('  ');
    const metrics = Object.entries(this.metrics)
      .map(([kind, value]) => `  ${kind} ${Number(value.toPrecision(3))}`)
      .join('');
    const note = `${losses}${metrics}  ${Math.round(event.imagesPerSecond)} images/s${left}`;
    this.progress.show({ done: event.step, total: event.steps, note });
  }

  end(): void {
    this.progress.end();
  }
}

/** Such as `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
