import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../runs/checkpoint-file.ts';
import { configHash } from '../runs/index.ts';
import { randomUniform } from '../random.ts';
import { tf } from '../tensor.ts';
import type { Batch } from './drawn.ts';
import { modelFrom } from './models.ts';
import { Session } from './session.ts';

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 8,
  z: { size: 8, distribution: 'normal' },
  seed: 5,
};
const opened: Session[] = [];

function open(...given: ConstructorParameters<typeof Session>): Session {
  const session = new Session(...given);
  opened.push(session);
  return session;
}

function batch(step: number): Batch {
  return { images: randomUniform({ seed: 1, stream: 'order', step }, config.batch * 28 * 28) };
}

function takeSteps(session: Session, steps: number) {
  return Array.from({ length: steps }, () => session.takeStep(batch(session.step)));
}

afterEach(() => opened.splice(0).forEach((session) => session.dispose()));

describe('a session', () => {
  test('same config, same losses, bit for bit', () => {
    expect(takeSteps(open(config), 5)).toEqual(takeSteps(open(config), 5));
  });

  test('another seed gives other losses', () => {
    expect(takeSteps(open(config), 1)).not.toEqual(takeSteps(open({ ...config, seed: 6 }), 1));
  });

  test('resumed from a checkpoint file it goes on bit for bit; from its weights alone it would not', () => {
    const whole = open(config);
    takeSteps(whole, 4);
    const checkpoint = decodeCheckpoint(encodeCheckpoint(whole.checkpoint()), 'memory');
    const resumed = open(config, checkpoint);
    const tensors = Object.entries(checkpoint.tensors).map(([name, { shape, values }]) => [
      name,
      { shape, values: name.includes('-moment/') ? values.map(() => 0) : values },
    ]);
    const forgetful = open(config, { ...checkpoint, tensors: Object.fromEntries(tensors) });
    const expected = takeSteps(whole, 4);
    expect(takeSteps(resumed, 4)).toEqual(expected);
    expect(takeSteps(forgetful, 4)).not.toEqual(expected);
    expect(resumed.checkpoint()).toEqual(whole.checkpoint());
  });

  test('a step that is NaN or infinite is refused and leaves every tensor as it was', () => {
    const session = open(config);
    takeSteps(session, 1);
    const before = session.checkpoint();
    expect(() => session.takeStep({ images: new Float32Array(config.batch * 28 * 28).fill(NaN) })).toThrow(
      'Losses or gradients were NaN or infinite (discriminator: loss NaN, squared gradient NaN; generator: loss ',
    );
    expect(session.checkpoint()).toEqual(before);
    expect(session.step).toBe(1);
  });

  test('a checkpoint of other settings is refused, unless training does not depend on them', () => {
    const checkpoint = open(config).checkpoint();
    expect(() => open({ ...config, seed: 6 }, checkpoint)).toThrow(
      'settings were changed since its checkpoint',
    );
    expect(open({ ...config, name: 'renamed', steps: 3 }, checkpoint).step).toBe(0);
  });

  test('the number of tensors stays flat over steps, and dispose frees all', () => {
    const start = tf.memory().numTensors;
    const session = new Session(config);
    takeSteps(session, 2);
    const after2 = tf.memory().numTensors;
    takeSteps(session, 20);
    expect(tf.memory().numTensors).toBe(after2);
    session.dispose();
    expect(tf.memory().numTensors).toBe(start);
  });

  test('a model from a checkpoint makes the images of the session', () => {
    const session = open(config);
    takeSteps(session, 2);
    const model = modelFrom(config, session.checkpoint());
    const points = drawPoints(model.latent, { seed: 1, stream: 'fixedZ', step: 0 }, 3);
    expect(generate(model, points)).toEqual(generate(session.model, points));
    tf.dispose(model.weights);
  });

  test('a checkpoint of other networks is refused with the facts', () => {
    const wider = { ...config, gan: { kind: 'dcgan', options: { width: 8 } } };
    const checkpoint = { ...open(config).checkpoint(), configHash: configHash(wider) };
    expect(() => new Session(wider, checkpoint)).toThrow('does not fit the run');
  });
});

test.each([
  [28, 'grey'],
  [32, 'rgb'],
  [64, 'rgb'],
  [128, 'grey'],
] as const)('DCGAN makes images of %i pixels, %s', (size, colour) => {
  const options = { ...config.dataset.options, size, colour };
  const session = open({ ...config, dataset: { ...config.dataset, options } });
  const channels = colour === 'grey' ? 1 : 3;
  const { model } = session;
  const images = generate(model, drawPoints(model.latent, { seed: 1, stream: 'fixedZ', step: 0 }, 2));
  expect(images).toHaveLength(2 * size * size * channels);
  expect(Math.max(...images.map(Math.abs))).toBeLessThanOrEqual(1);
  const { losses } = session.takeStep({ images: new Float32Array(config.batch * size * size * channels) });
  expect(Object.keys(losses)).toEqual(['discriminator', 'generator']);
});
