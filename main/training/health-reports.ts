/** Says how a run does whenever that changes, from its events as they come. */
import { healthInWords, type RunConfig, type RunEvent } from '../contract/index.ts';
import { healthOf, HistoryKeeper } from '../health/index.ts';

export class HealthReports {
  private readonly config: RunConfig;
  private readonly keeper = new HistoryKeeper();
  private words = '';

  constructor(config: RunConfig) {
    this.config = config;
  }

  /** What there is to say after this event. */
  after(event: RunEvent): RunEvent[] {
    this.note(event);
    if (event.type !== 'measures' && event.type !== 'step-refused') return [];
    const findings = healthOf({ history: this.keeper.history, config: this.config });
    const words = healthInWords(findings);
    if (words === this.words) return [];
    return [{ type: 'health', step: event.step, findings }];
  }

  /** Takes in what happened, without saying anything. */
  note(event: RunEvent): void {
    this.keeper.add(event);
    if (event.type === 'health') this.words = healthInWords(event.findings);
  }
}
