// Loads the generator beside this file, and draws the image at the slider's position between two random points.
/* global tf */
const canvas = document.getElementById('image');
const position = document.getElementById('position');
const status = document.getElementById('status');

async function start() {
  const about = await (await fetch('generator.json')).json();
  const model = await tf.loadLayersModel('model.json');
  document.querySelector('h1').textContent = document.title = about.name;
  const draw = about.z.distribution === 'normal' ? tf.randomNormal : (shape) => tf.randomUniform(shape, -1, 1);
  let ends = [];

  async function show() {
    const t = Number(position.value);
    const image = tf.tidy(() => {
      const z = ends[0].mul(1 - t).add(ends[1].mul(t)); // [1, z]
      return model.predict(z).squeeze([0]).add(1).div(2).clipByValue(0, 1); // [size, size, channels] in [0, 1]
    });
    await tf.browser.toPixels(image, canvas);
    image.dispose();
  }

  async function renew() {
    tf.dispose(ends);
    ends = [draw([1, about.z.size]), draw([1, about.z.size])];
    await show();
  }

  position.addEventListener('input', show);
  document.getElementById('again').addEventListener('click', renew);
  await renew();
  status.textContent = `${about.image.size} x ${about.image.size} pixels, ${about.steps} steps of training`;
}

start().catch((error) => { status.textContent = `The model did not load: ${error.message}. Serve this folder over HTTP; see README.md.`; });
