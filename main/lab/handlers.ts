/** Answers the lab's commands: there is at most one lab, until another is opened or it is closed. */
import { StudioError, type Handlers } from '../contract/index.ts';
import { Lab } from './lab.ts';

type LabHandlers = Pick<Handlers<'trainer'>, 'lab.open' | 'lab.configure' | 'lab.frame' | 'lab.close'>;

/**
 * `requireNoLoss` throws StudioError `lab-in-play` if an open lab has taken steps, which would be lost with
 * it.
 */
export function createLab(): { handlers: LabHandlers; requireNoLoss(): void; close(): void } {
  let lab: Lab | undefined;
  const close = () => {
    lab?.dispose();
    lab = undefined;
  };
  const handlers: LabHandlers = {
    async 'lab.open'({ config }) {
      const opened = new Lab(config);
      close();
      lab = opened;
      return lab.facts;
    },
    'lab.configure': async ({ config }) => required(lab).configure(config),
    'lab.frame': async (request) => required(lab).frame(request),
    async 'lab.close'() {
      close();
      return {};
    },
  };
  const requireNoLoss = () => {
    if (lab && lab.facts.step > 0) throw inPlay(lab.facts.step);
  };
  return { handlers, requireNoLoss, close };
}

function required(lab: Lab | undefined): Lab {
  if (lab) return lab;
  throw new StudioError({ code: 'no-lab', message: 'The lab is not open.', remedy: 'Reset it.' });
}

function inPlay(step: number): StudioError {
  return new StudioError({
    code: 'lab-in-play',
    message: `The 2-D lab is at step ${step}, and would be lost.`,
    remedy: 'Reset the lab first.',
  });
}
