/** Runs SavedModels in TensorFlow itself, through the signature that TensorFlow Serving uses. */
import path from 'node:path';
import { tf, type Tensors } from '../tensor.ts';
import type { OpenNetwork } from './serve.ts';

export const openSavedModel: OpenNetwork = async (file) => {
  const folder = path.extname(file) === '.pb' ? path.dirname(file) : file;
  const model = await tf.node.loadSavedModel(folder);
  return async (inputs) => {
    const fed = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
    );
    const made = model.predict(fed) as Tensors;
    return Object.fromEntries(
      Object.entries(made).map(([name, tensor]) => [
        name,
        { shape: tensor.shape, values: tensor.dataSync<'float32'>() },
      ]),
    );
  };
};
