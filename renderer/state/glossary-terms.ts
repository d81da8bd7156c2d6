/** The terms of the field that the app uses, each explained in one or two plain sentences. */
import { QUALITY_TERMS } from './glossary-quality.ts';
import type { Term } from './glossary-term.ts';

export type { Term };

const OTHERS: readonly Term[] = [
  {
    term: 'Augmentation',
    text: 'Changing pictures at random, such as shifting, mirroring or recolouring them. A GAN can augment every picture before the discriminator sees it, so that a small data set cannot be memorised.',
    related: ['Discriminator (D)', 'Data set', 'Overfitting'],
  },
  {
    term: 'Averaged weights (EMA)',
    text: 'A running average of the generator’s weights over many steps. Its pictures are usually better and steadier than those of the current weights, so samples and exports use it.',
    related: ['Generator (G)', 'Weights', 'Sample'],
  },
  {
    term: 'Batch',
    text: 'The pictures that are used together in one step. Larger batches give steadier gradients and take more time and memory.',
    related: ['Step', 'Gradient'],
  },
  {
    term: 'Batch normalisation',
    text: 'A layer that brings the numbers of each channel to mean 0 and standard deviation 1 over the batch. It makes training faster, and makes the pictures of a batch depend on each other.',
    related: ['Layer', 'Batch', 'Layer normalisation'],
  },
  {
    term: 'bfloat16',
    text: 'Numbers of 8 significant bits, which some processors multiply much faster than float32 with its 24. A run can compute in them; its weights and losses stay float32.',
    related: ['Step', 'Weights'],
  },
  {
    term: 'Checkpoint',
    text: 'The complete state of a run, saved to disk at a step. A run can be opened at any of its checkpoints, and resumed from it.',
    related: ['Run', 'Best checkpoint', 'Step'],
  },
  {
    term: 'Class',
    text: 'A kind of picture in a data set, such as cats or dogs. Folders of pictures become classes.',
    related: ['Data set', 'Conditional GAN'],
  },
  {
    term: 'Conditional GAN',
    text: 'A GAN that is told the class of each picture, so that you can choose which class to generate.',
    related: ['Class'],
  },
  {
    term: 'Convolution',
    text: 'A layer that slides small kernels over a picture: each output is a weighted sum of the pixels around one position.',
    related: ['Layer', 'Weights'],
  },
  {
    term: 'Data set',
    text: 'The pictures, or points, that a run learns from.',
    related: ['Class', 'Fingerprint'],
  },
  {
    term: 'Discriminator (D)',
    text: 'The network that learns to tell real pictures from fakes. The generator learns by trying to mislead it.',
    related: ['Generator (G)', 'Logit', 'Score'],
  },
  {
    term: 'Encoder (E)',
    text: 'A network that finds the latent point of a picture: the way back from the generator. Some GANs train one beside the generator.',
    related: ['Latent point (z)', 'Rebuilding', 'Generator (G)'],
  },
  {
    term: 'Energy',
    text: 'The discriminator’s output in some GANs: low for pictures that look real, high for fakes.',
    related: ['Discriminator (D)', 'Score'],
  },
  {
    term: 'Epoch',
    text: 'One pass over the whole data set. Training is counted in steps here; an epoch is as many steps as there are batches in the data set.',
    related: ['Step', 'Batch', 'Data set'],
  },
  {
    term: 'Fake',
    text: 'A picture that the generator made.',
    related: ['Generator (G)', 'Real picture'],
  },
  {
    term: 'Feature map',
    text: 'What a layer computes from a picture: one grid of numbers for each of its channels.',
    related: ['Layer'],
  },
  {
    term: 'Fingerprint',
    text: 'A short code computed from the pixels of all pictures of a data set. It tells whether a run still has the pictures that it was trained on.',
    related: ['Data set', 'Run'],
  },
  {
    term: 'GAN',
    text: 'Generative adversarial network: a generator and a discriminator that are trained against each other until the generator’s pictures resemble the data set.',
    related: ['Generator (G)', 'Discriminator (D)'],
  },
  {
    term: 'Generator (G)',
    text: 'The network that makes pictures from latent points. It never sees a real picture; it learns only from the gradient that the discriminator passes back.',
    related: ['Discriminator (D)', 'Latent point (z)', 'Gradient'],
  },
  {
    term: 'Gradient',
    text: 'For each weight or pixel, how much the loss changes when that number does. Training moves the weights against their gradient, so that the loss falls.',
    related: ['Loss', 'Weights', 'Optimiser'],
  },
  {
    term: 'Gradient penalty',
    text: 'A stabiliser that keeps the discriminator’s gradient at its input near a chosen size, so that it gives the generator a useful direction everywhere.',
    related: ['Gradient', 'Stabiliser', 'Discriminator (D)'],
  },
  {
    term: 'Interpolation',
    text: 'A walk between two latent points. Pictures along it change gradually when the generator has learnt well.',
    related: ['Latent point (z)', 'Latent space'],
  },
  {
    term: 'Latent point (z)',
    text: 'A list of random numbers from which the generator makes one picture. The same point always gives the same picture from the same weights.',
    related: ['Latent space', 'Generator (G)', 'Seed'],
  },
  {
    term: 'Latent space',
    text: 'All latent points together. Points near each other give similar pictures.',
    related: ['Latent point (z)', 'Interpolation'],
  },
  {
    term: 'Layer',
    text: 'One building block of a network, such as a convolution. Each layer computes new numbers from those of the layers before it.',
    related: ['Convolution', 'Feature map', 'Weights'],
  },
  {
    term: 'Layer normalisation',
    text: 'A layer that brings the numbers of each single picture to mean 0 and standard deviation 1. Unlike batch normalisation, it keeps the pictures of a batch independent.',
    related: ['Batch normalisation', 'Layer'],
  },
  {
    term: 'Learning rate',
    text: 'How far each update moves the weights. Too high, and training becomes unstable; too low, and it takes long.',
    related: ['Optimiser', 'Weights', 'Step'],
  },
  {
    term: 'Logit',
    text: 'The discriminator’s output as a number without limits: above 0 it takes the picture for real, below 0 for a fake. The sigmoid function turns it into a probability.',
    related: ['Discriminator (D)', 'Probability', 'Score'],
  },
  {
    term: 'Loss',
    text: 'The number that a network minimises. In a GAN the losses of the two networks pull against each other, so a falling loss alone does not mean better pictures.',
    related: ['Generator (G)', 'Discriminator (D)', 'Metric'],
  },
  {
    term: 'Mode collapse',
    text: 'The generator makes only a few kinds of pictures, however rich the data set is. Another loss or a stabiliser can help.',
    related: ['Stabiliser', 'Loss', 'Generator (G)'],
  },
  {
    term: 'NaN',
    text: 'Not a number: what a computation gives when numbers grow beyond all limits. A step with a NaN is refused, and the run goes back to an earlier state.',
    related: ['Step', 'Learning rate', 'Checkpoint'],
  },
  {
    term: 'Optimiser',
    text: 'The rule by which weights follow their gradients, such as Adam or plain gradient descent.',
    related: ['Gradient', 'Learning rate', 'Weights'],
  },
  {
    term: 'Overfitting',
    text: 'The discriminator memorises the pictures of a small data set instead of learning what they have in common. The generator then stops improving.',
    related: ['Augmentation', 'Discriminator (D)', 'Data set'],
  },
  {
    term: 'Preset',
    text: 'Settings for a purpose, chosen together.',
    related: ['Run'],
  },
  {
    term: 'Probability',
    text: 'The discriminator’s output as a number from 0 (surely fake) to 1 (surely real).',
    related: ['Logit', 'Discriminator (D)'],
  },
  {
    term: 'Real picture',
    text: 'A picture from the data set, as opposed to a fake.',
    related: ['Data set', 'Fake'],
  },
  {
    term: 'Rebuilding',
    text: 'The picture that a network makes from the code of another picture. It shows what the code keeps of that picture.',
    related: ['Encoder (E)'],
  },
  {
    term: 'Run',
    text: 'One training from its first step on, with its settings, losses, samples and checkpoints in a folder of its own.',
    related: ['Checkpoint', 'Sample', 'Loss'],
  },
  {
    term: 'Sample',
    text: 'Pictures that the generator makes from the same latent points at regular intervals, so that you can watch it learn.',
    related: ['Latent point (z)', 'Averaged weights (EMA)', 'Step'],
  },
  {
    term: 'Score',
    text: 'The discriminator’s output as a number that is not a probability: usually the larger, the more real.',
    related: ['Discriminator (D)', 'Logit', 'Energy'],
  },
  {
    term: 'Seed',
    text: 'The number from which all random numbers of a run come. The same seed and settings give the same run.',
    related: ['Run', 'Latent point (z)'],
  },
  {
    term: 'Spectral normalisation',
    text: 'A stabiliser that limits how strongly each layer of the discriminator can react to small changes of its input.',
    related: ['Stabiliser', 'Layer', 'Discriminator (D)'],
  },
  {
    term: 'Stabiliser',
    text: 'An addition to a GAN that keeps its training stable, such as a penalty, an augmentation or a normalisation.',
    related: ['Gradient penalty', 'Augmentation', 'Spectral normalisation'],
  },
  {
    term: 'Step',
    text: 'One round of updates: the discriminator and the generator are each trained on a batch.',
    related: ['Batch', 'Turn'],
  },
  {
    term: 'Turn',
    text: 'The update of one player within a step. Some GANs give the discriminator several turns for each turn of the generator.',
    related: ['Step', 'Discriminator (D)', 'Generator (G)'],
  },
  {
    term: 'Update',
    text: 'A change of weights by the optimiser, from the gradient of one batch.',
    related: ['Optimiser', 'Gradient', 'Turn'],
  },
  {
    term: 'Weights',
    text: 'The numbers in a network that training changes. They are what a network has learnt.',
    related: ['Gradient', 'Layer'],
  },
];

/** All terms, in alphabetical order. */
export const TERMS: readonly Term[] = [...OTHERS, ...QUALITY_TERMS].sort((one, other) =>
  one.term.localeCompare(other.term, 'en'),
);
