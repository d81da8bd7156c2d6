/** Reports the health of a run whenever it changes, from the run's events as they come. */
import { healthInWords, type RunConfig, type RunEvent } from '../contract/index.ts';
import { healthOf, HistoryKeeper } from '../health/index.ts';

export class HealthReports {
  private readonly config: RunConfig;
  private readonly keeper = new HistoryKeeper();
  private words = '';

  constructor(config: RunConfig) {
    this.config = config;
  }

  /** The health event that follows this event, if any. */
  after(event: RunEvent): RunEvent[] {
    this.note(event);
    if (event.type !== 'measures' && event.type !== 'step-refused') return [];
    const findings = healthOf({ history: this.keeper.history, config: this.config });
    const words = healthInWords(findings);
    if (words === this.words) return [];
    return [{ type: 'health', step: event.step, findings }];
  }

  /** Takes the event into account, without a report. */
  note(event: RunEvent): void {
    this.keeper.add(event);
    if (event.type === 'health') this.words = healthInWords(event.findings);
  }
}
