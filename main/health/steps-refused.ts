/** The rule that finds steps that were refused because they were NaN or infinite. */
import { slower, type Rule, type Try } from './rule.ts';

const RECENT_STEPS = 500;

export const stepsRefused: Rule = {
  code: 'steps-refused',
  tone: 'ill',
  threshold: `A step within the last ${RECENT_STEPS} gave NaN or infinite numbers.`,
  find({ history: { refused, step }, config }) {
    const recent = refused.filter((each) => each.step > step - RECENT_STEPS);
    if (recent.length === 0) return undefined;
    const clip: Try[] =
      config.optimizer.clip > 0
        ? []
        : [
            {
              words: 'Scale long gradients down.',
              fix: {
                label: 'Clip gradients at norm 1',
                change: { kind: 'set', path: 'optimizer.clip', value: 1 },
              },
            },
          ];
    return {
      words: recent.length === 1 ? 'A step was refused: NaN' : `${recent.length} steps refused: NaN`,
      evidence: recent.map((each) => ({
        label: 'Learning rates from then on, as a share',
        step: each.step,
        value: each.learningRateFactor,
      })),
      tries: [slower(config, 'discriminator'), slower(config, 'generator'), ...clip],
    };
  },
};
