/**
 * The kernels that the operations of a finished network need; electron/packaging/page-kernels.mjs makes these
 * modules.
 */
declare module 'virtual:cpu-kernels' {
  import type { KernelConfig } from '@tensorflow/tfjs-core';

  const kernels: readonly KernelConfig[];
  export default kernels;
}
declare module 'virtual:wasm-kernels' {
  import type { KernelConfig } from '@tensorflow/tfjs-core';

  const kernels: readonly KernelConfig[];
  export default kernels;
}
