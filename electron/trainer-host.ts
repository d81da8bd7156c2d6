/** The utility process that trains; a crash in it costs the run its steps since the last checkpoint, and the app nothing. */
import { createTrainer } from '#main/training/trainer.ts';
import { serve } from './host.ts';

serve(createTrainer);
