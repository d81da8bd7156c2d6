/** Sends messages from the page, as a compromised page would. */
import type { Page } from '@playwright/test';
import { loadInPage } from '../page-module.ts';
import type * as inPage from './in-page.ts';

declare global {
  interface Window {
    readonly attackInPage: typeof inPage;
  }
}

/** Loads the code that sends into the page. */
export function loadSender(page: Page): Promise<void> {
  return loadInPage(page, 'attack/in-page.ts', 'attackInPage');
}

/** Sends all at once. Returns the answers in the same order. */
export function sendAll(
  page: Page,
  sent: Parameters<Window['attackInPage']['sendAll']>[0],
): Promise<inPage.Answered[]> {
  return page.evaluate((messages) => window.attackInPage.sendAll(messages), sent);
}
