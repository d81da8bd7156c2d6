/**
 * The utility process that trains; a crash in it costs the run its steps since the last checkpoint, and the
 * app nothing.
 */
import { createTrainer } from '#main/trainer/index.ts';
import { serve } from './host.ts';

/**
 * Each batch makes the page draw, which takes processor time from training on a computer without a graphics
 * card.
 */
const INTERVAL_MILLISECONDS = 1000;

serve(createTrainer, { interval: INTERVAL_MILLISECONDS });
