/** What axe, which reads the page as assistive technology does, has to say of it. */
import AxeBuilder from '@axe-core/playwright';
import type { StudioPage } from './studio-page.ts';

/** The window cannot open a second page, which axe would like to use: legacy mode does without. */
export async function seriousProblems({ page }: StudioPage): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`));
}
