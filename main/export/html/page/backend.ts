/**
 * Starts TensorFlow.js with the few kernels that networks need: WebAssembly, or JavaScript where there is no
 * SIMD.
 */
import '@tensorflow/tfjs-core/dist/base_side_effects';
import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { BackendWasm, init, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import cpuKernels from 'virtual:cpu-kernels';
import wasmKernels from 'virtual:wasm-kernels';
import type { Running } from './model.ts';

/**
 * Starts a backend and returns its name. `wasm`: the WebAssembly program. Default: the faster one available.
 */
export async function start(wasm: Uint8Array, wanted?: Running['backend']): Promise<Running['backend']> {
  // Otherwise TensorFlow.js would look for a browser or Node. Threads need headers that only a server can
  // send.
  tf.env().platform = platform(wasm);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const hasSimd = await tf
    .env()
    .getAsync('WASM_HAS_SIMD_SUPPORT')
    .catch(() => false);
  const backend = wanted ?? (hasSimd === true ? 'wasm' : 'cpu');
  if (backend === 'wasm') {
    wasmKernels.forEach(tf.registerKernel);
    setWasmPaths('', true);
    tf.registerBackend('wasm', async () => new BackendWasm((await init()).wasm), 2);
  } else {
    cpuKernels.forEach(tf.registerKernel);
    tf.registerBackend('cpu', () => new MathBackendCPU(), 1);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`The networks cannot be run here (${backend}).`);
  return backend;
}

/**
 * All that TensorFlow.js needs of its platform. It only fetches the WebAssembly program, which is already
 * here.
 */
function platform(wasm: Uint8Array): tf.Platform {
  const answer = { ok: true, arrayBuffer: () => Promise.resolve(wasm.buffer) };
  return {
    fetch: () => Promise.resolve(answer as unknown as Response),
    now: () => performance.now(),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes) => new TextDecoder().decode(bytes),
    isTypedArray: (value): value is Float32Array | Int32Array | Uint8ClampedArray | Uint8Array =>
      ArrayBuffer.isView(value),
  };
}
