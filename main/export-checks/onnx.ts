/** Runs ONNX exports in ONNX Runtime. */
import { createRequire } from 'node:module';
import type * as Runtime from 'onnxruntime-node';
import { StudioError } from '../contract/index.ts';
import type { OpenNetwork } from './serve.ts';

const load = typeof require === 'function' ? require : createRequire(import.meta.url);

export const openOnnx: OpenNetwork = async (file) => {
  const runtime = onnxRuntime();
  const session = await runtime.InferenceSession.create(file);
  return async (inputs) => {
    const fed = Object.entries(inputs).map(
      ([name, { shape, values }]) => [name, new runtime.Tensor('float32', values, shape)] as const,
    );
    const made = await session.run(Object.fromEntries(fed));
    return Object.fromEntries(
      Object.entries(made).map(([name, { dims, data }]) => [
        name,
        { shape: [...dims], values: data as Float32Array },
      ]),
    );
  };
};

/** Throws StudioError `no-runtime`: the package has binaries for some systems and processors only. */
function onnxRuntime(): typeof Runtime {
  try {
    return load('onnxruntime-node') as typeof Runtime;
  } catch {
    throw new StudioError({
      code: 'no-runtime',
      message: 'GAN Studio has no ONNX Runtime for this machine.',
      remedy: 'Check the export with check.json where it is used.',
    });
  }
}
