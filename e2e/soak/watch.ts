/**
 * Notes what goes wrong while the app is used: errors of the page, alerts that it shows, and errors and
 * warnings in its log.
 */
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { StudioPage } from '../studio-page.ts';
import type { SoakError } from './tally.ts';

/** A line of the app's log: time, level, text. */
const LOG_LINE = /^\[[^\]]+\] \[(error|warn)\]\s+(.*)$/;
/** What differs between warnings of the same kind. */
const NUMBERS = /\d+/g;

export class Watch {
  readonly errors: SoakError[] = [];
  /** The action that is under way. */
  action: SoakError['action'] = 'start';
  private readonly begun = performance.now();
  private readonly alerts = new Set<string>();

  /** Since the beginning. */
  get hours(): number {
    return (performance.now() - this.begun) / 3_600_000;
  }

  /** Listens to the page from now on. */
  follow({ page }: StudioPage): void {
    page.on('pageerror', (error) => this.note(`the page threw ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.note(`the page’s console says ${message.text()}`);
    });
    page.on('crash', () => this.note('the page crashed'));
  }

  note(message: string): void {
    const plain = stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').trim();
    this.errors.push({ hours: this.hours, action: this.action, message: plain });
  }

  /** Notes alerts that the page shows; one that stays is noted once. */
  async look({ page }: StudioPage): Promise<void> {
    const shown = await page.locator('[role="alert"], .notice.danger').allInnerTexts();
    const texts = shown.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== '');
    for (const text of texts) if (!this.alerts.has(text)) this.note(`the page shows the alert “${text}”`);
    this.alerts.clear();
    for (const text of texts) this.alerts.add(text);
  }

  /** Notes the errors in the app's log, and counts its warnings by their kind. */
  readLog(home: string): Record<string, number> {
    const warnings: Record<string, number> = {};
    const folder = path.join(home, 'user-data', 'logs');
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : [])
      for (const line of fs.readFileSync(path.join(folder, name), 'utf8').split('\n')) {
        const [, level, text = ''] = LOG_LINE.exec(line) ?? [];
        if (level === 'error') this.note(`the app’s log says ${text}`);
        const kind = text.replaceAll(NUMBERS, '#');
        if (level === 'warn') warnings[kind] = (warnings[kind] ?? 0) + 1;
      }
    return warnings;
  }
}
