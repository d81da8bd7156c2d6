/**
 * The game that a GAN declares: its players, its phases and how the players meet; what every entry of the
 * catalogue has in common; and how an entry is found by its name. It knows no GAN, loss or stabiliser.
 */
export { chosen } from './chosen.ts';
export {
  type Entry,
  type ExplainedKind,
  type ImageShape,
  type Options,
  type Paper,
  type Reading,
  type Refusal,
  type Settled,
} from './entry.ts';
export {
  HARD_LABELS,
  type Game,
  type Kind,
  type Labels,
  type LatentSource,
  type Logits,
  type Meeting,
  type Objective,
  type Outputs,
  type Phase,
  type PlayedPhase,
  type Player,
  type Players,
  type Source,
  type Sources,
  type Subject,
  type Turn,
  type Use,
} from './turn.ts';
