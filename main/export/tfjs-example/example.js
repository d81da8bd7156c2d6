// Loads the generator beside this file, and draws what it makes at the slider's position between two random points.
/* global tf */
const canvas = document.getElementById('image');
const position = document.getElementById('position');
const kind = document.getElementById('class');
const status = document.getElementById('status');

const PLOT = { size: 256, points: 500, colour: '#d53e0f' };

/** Points of the plane, [x, y] in [-1, 1] each, y upwards. */
function plot(numbers) {
  canvas.width = canvas.height = PLOT.size;
  const context = canvas.getContext('2d');
  context.fillStyle = PLOT.colour;
  for (let index = 0; index < numbers.length; index += 2) {
    context.fillRect((numbers[index] + 1) / 2 * PLOT.size - 1, (1 - numbers[index + 1]) / 2 * PLOT.size - 1, 3, 3);
  }
}

function offerClasses(names) {
  kind.append(...names.map((name, index) => new Option(name, index)));
  kind.parentElement.hidden = names.length === 0;
}

async function start() {
  const about = await (await fetch('generator.json')).json();
  const model = await tf.loadLayersModel('model.json');
  document.querySelector('h1').textContent = document.title = about.name;
  offerClasses(about.classes);
  const isPlane = about.image.channels === 2;
  const rows = isPlane ? PLOT.points : 1;
  const DRAWS = {
    normal: (size) => tf.randomNormal([rows, size]),
    uniform: (size) => tf.randomUniform([rows, size], -1, 1),
    'one-hot': (size) => tf.tidy(() => tf.oneHot(tf.randomUniform([rows], 0, size, 'int32'), size).toFloat()),
  };
  /** The parts of a latent point, in the order in which the model takes them. */
  const draw = () => about.latent.map(({ size, distribution }) => DRAWS[distribution](size));
  const classInput = () => about.classes.length === 0 ? [] : [tf.oneHot(tf.fill([rows], Number(kind.value), 'int32'), about.classes.length).toFloat()];
  let ends = [];

  async function show() {
    const t = Number(position.value);
    const image = tf.tidy(() => {
      const parts = ends[0].map((part, index) => part.mul(1 - t).add(ends[1][index].mul(t))); // [rows, size] each
      const made = model.predict([...parts, ...classInput()]); // [rows, size, size, channels] in [-1, 1]
      return isPlane ? made.flatten() : made.squeeze([0]).add(1).div(2).clipByValue(0, 1); // [size, size, channels] in [0, 1]
    });
    if (isPlane) plot(await image.data());
    else await tf.browser.toPixels(image, canvas);
    image.dispose();
  }

  async function renew() {
    tf.dispose(ends);
    ends = [draw(), draw()];
    await show();
  }

  position.addEventListener('input', show);
  kind.addEventListener('input', show);
  document.getElementById('again').addEventListener('click', renew);
  await renew();
  const shape = isPlane ? 'Points of the plane' : `${about.image.size} × ${about.image.size} pixels`;
  status.textContent = `${shape}, ${about.steps} steps of training`;
}

start().catch((error) => { status.textContent = `The model did not load: ${error.message}. Serve this folder over HTTP; see README.md.`; });
