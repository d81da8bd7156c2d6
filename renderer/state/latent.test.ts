/** The latent walk has one request at a time, and always ends at the last position of the slider. */
import { expect, test } from 'vitest';
import { StudioError, type UseName } from '#main/contract/index.ts';
import { Latent, STRIP } from './latent.svelte.ts';
import { fakeApi, held, settled } from './test-api.ts';
import { pixels } from './test-run.ts';

/**
 * An app whose answers wait until the test sends them; the only pixel of each image is its position in
 * percent.
 */
function heldApi() {
  const { requests, hold } = held<'latent.interpolate'>();
  const { api, inputsOf } = fakeApi({ 'latent.interpolate': hold });
  const answer = async (): Promise<void> => {
    const request = requests.shift();
    const positions = request?.input.positions ?? [];
    const shades = Uint8Array.from(positions, (position) => Math.round(position * 100));
    request?.answer({ ...pixels(positions.length), pixels: shades });
    await settled();
  };
  return { api, asked: () => inputsOf('latent.interpolate'), answer };
}

test('positions passed over while a request is under way are never requested', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent({ api, can: () => false });
  for (const position of [0.1, 0.2, 0.3, 0.9]) latent.moveTo(position);
  expect(asked()).toHaveLength(1);
  await answer();
  expect(asked().map((each) => each.positions)).toEqual([[0.1], [0.9]]);
  await answer();
  expect(latent.image?.pixels[0]).toBe(90);
  expect(asked()).toHaveLength(2);
});

test('a new end requests the image and the whole strip at once', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent({ api, can: () => false });
  latent.setSeed('from', 5);
  await answer();
  expect(asked()[0]?.from).toEqual({ seed: 5 });
  expect(asked()[0]?.positions).toEqual([0.5, ...STRIP]);
  expect(latent.strip?.count).toBe(9);
  expect(latent.strip?.pixels[8]).toBe(100);
});

test('another class makes every image again, and is forgotten with its run', async () => {
  const { api, asked, answer } = heldApi();
  const latent = new Latent({ api, can: () => false });
  latent.setClass(3);
  await answer();
  expect(asked()[0]).toMatchObject({ class: 3, positions: [0.5, ...STRIP] });
  latent.clear();
  latent.moveTo(0);
  expect(asked()[1]).toMatchObject({ class: 0 });
});

/** An app with pictures of 1 × 1 pixel, which refuses files that are called broken. */
function pictureApi() {
  const { api, inputsOf } = fakeApi({
    'latent.interpolate': ({ positions }) => pixels(positions.length),
    'latent.choosePicture': () => ({ path: '/chosen/one.png' }),
    'latent.rebuild': ({ picture }) => {
      if (picture.includes('broken'))
        throw new StudioError({
          code: 'picture-unusable',
          message: `${picture} cannot be used: no image.`,
          remedy: 'Choose another picture.',
        });
      return pixels(2);
    },
  });
  const walks = () => inputsOf('latent.interpolate');
  const rebuilt = () => inputsOf('latent.rebuild').map(({ picture }) => picture);
  return { api, walks, rebuilt };
}

function latentThat(...uses: UseName[]) {
  const faked = pictureApi();
  return { ...faked, latent: new Latent({ api: faked.api, can: (use) => uses.includes(use) }) };
}

test('two dropped pictures become A and B, each with its rebuilding', async () => {
  const { latent, walks } = latentThat('encode', 'rebuild');
  latent.takeDropped(['/a.png', '/b.png']);
  await settled();
  expect(walks().at(-1)).toMatchObject({ from: { picture: '/a.png' }, to: { picture: '/b.png' } });
  expect([latent.ends.from, latent.ends.to].map(({ picture }) => picture?.images?.count)).toEqual([2, 2]);
});

test('one picture becomes the end that it is dropped on; dropped beside both, A, then B, then A again', async () => {
  const { latent } = latentThat('encode', 'rebuild');
  const paths = () => [latent.ends.from, latent.ends.to].map(({ picture }) => picture?.path);
  latent.droppedOn = 'to';
  latent.takeDropped(['/on b.png']);
  await settled();
  expect(paths()).toEqual([undefined, '/on b.png']);
  for (const [dropped, expected] of [
    ['/1.png', ['/1.png', '/on b.png']],
    ['/2.png', ['/1.png', '/2.png']],
    ['/3.png', ['/3.png', '/2.png']],
  ] as const) {
    latent.takeDropped([dropped]);
    await settled();
    expect(paths()).toEqual(expected);
  }
});

test('of pictures that are dropped one after the other, while they are read, one becomes A and one B', async () => {
  const { latent, walks } = latentThat('encode', 'rebuild');
  latent.takeDropped(['/1.png']);
  latent.takeDropped(['/2.png']);
  await settled();
  expect(walks().at(-1)).toMatchObject({ from: { picture: '/1.png' }, to: { picture: '/2.png' } });
});

test('a file that cannot be used says so at its end, and changes nothing else', async () => {
  const { latent, walks } = latentThat('encode', 'rebuild');
  latent.takeDropped(['/a.png', '/b.png']);
  await settled();
  const before = [latent.image, latent.strip, walks().length];
  await latent.setPicture('from', '/folder/broken.txt');
  expect(latent.ends.from.trouble?.failure).toMatchObject({
    message: 'broken.txt cannot be used: no image.',
    remedy: 'Choose another picture.',
  });
  expect(latent.ends.from.picture?.path).toBe('/a.png');
  expect(latent.ends.to.trouble).toBeUndefined();
  expect([latent.image, latent.strip, walks().length]).toEqual(before);
  latent.refresh();
  await settled();
  expect(latent.ends.from.trouble).toBeDefined();
  await latent.setPicture('from', '/c.png');
  expect(latent.ends.from.trouble).toBeUndefined();
});

test('the picture is rebuilt again when the run goes on, not when the slider moves', async () => {
  const { latent, rebuilt } = latentThat('encode', 'rebuild');
  await latent.choosePicture('to');
  expect(rebuilt()).toEqual(['/chosen/one.png']);
  latent.moveTo(0.2);
  latent.setWalk('linear');
  await settled();
  expect(rebuilt()).toHaveLength(1);
  latent.refresh();
  await settled();
  expect(rebuilt()).toHaveLength(2);
});

test('an end can go back to the seed from before; a file that is still being read is then dropped', async () => {
  const { latent, walks } = latentThat('encode', 'rebuild');
  latent.setSeed('from', 7);
  await latent.setPicture('from', '/a.png');
  const late = latent.setPicture('from', '/late.png');
  latent.setSeed('from');
  await late;
  await settled();
  expect([latent.ends.from.picture, latent.ends.from.reading]).toEqual([undefined, undefined]);
  expect(walks().at(-1)).toMatchObject({ from: { seed: 7 } });
});

test('another run makes its own rebuilding; one without an encoder walks between seeds', async () => {
  const uses: UseName[] = ['encode', 'rebuild'];
  const { api, walks, rebuilt } = pictureApi();
  const latent = new Latent({ api, can: (use) => uses.includes(use) });
  latent.setSeed('from', 7);
  await latent.setPicture('from', '/a.png');
  latent.clear();
  expect(latent.ends.from.picture).toEqual({ path: '/a.png', images: undefined });
  latent.refresh();
  await settled();
  expect(latent.ends.from.picture?.images?.count).toBe(2);
  uses.length = 0;
  latent.takeDropped(['/b.png']);
  latent.refresh();
  await settled();
  expect(walks().at(-1)).toMatchObject({ from: { seed: 7 } });
  expect(rebuilt()).toHaveLength(2);
});

test('the point of a sample becomes A, with its class, and the slider goes there', async () => {
  const { latent, walks } = latentThat();
  latent.exploreFrom(4, 2);
  await settled();
  expect(walks().at(-1)).toMatchObject({ from: { sample: 4 }, class: 2, positions: [0, ...STRIP] });
  expect([latent.ends.from.sample, latent.position]).toEqual([4, 0]);
});

test('a seed or a picture replaces a sample, and a sample replaces a picture', async () => {
  const { latent, walks } = latentThat('encode', 'rebuild');
  await latent.setPicture('from', '/a.png');
  latent.exploreFrom(4);
  expect([latent.ends.from.sample, latent.ends.from.picture]).toEqual([4, undefined]);
  await latent.setPicture('from', '/b.png');
  expect([latent.ends.from.sample, latent.ends.from.picture?.path]).toEqual([undefined, '/b.png']);
  latent.exploreFrom(5);
  latent.setSeed('from', 7);
  await settled();
  expect([latent.ends.from.sample, walks().at(-1)?.from]).toEqual([undefined, { seed: 7 }]);
});

test('a sample belongs to its run, and is forgotten with it', async () => {
  const { latent, walks } = latentThat();
  latent.setSeed('from', 7);
  latent.exploreFrom(4);
  latent.clear();
  latent.refresh();
  await settled();
  expect(walks().at(-1)).toMatchObject({ from: { seed: 7 } });
});
