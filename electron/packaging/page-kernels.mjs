// @ts-check
/**
 * Provides the TensorFlow.js kernels that an exported page needs as one module per backend:
 * `virtual:cpu-kernels` and `virtual:wasm-kernels`.
 */

/**
 * The kernels of a trained network's operations, by their file names, which are the same in both backends.
 */
const KERNELS = [
  'Add',
  'AvgPool',
  'BatchMatMul',
  'Cast',
  'Concat',
  'Conv2D',
  'DepthToSpace',
  'Elu',
  'Fill',
  'FusedConv2D',
  '_FusedMatMul',
  'Identity',
  'LeakyRelu',
  'Mean',
  'Multiply',
  'PadV2',
  'RealDiv',
  'Relu',
  'Reshape',
  'Rsqrt',
  'Sigmoid',
  'Slice',
  'Square',
  'SquaredDifference',
  'Sub',
  'Sum',
  'Tanh',
  'Transpose',
];

const MODULE = /^\0?virtual:(cpu|wasm)-kernels$/;

/** Serves both modules. @returns {import('vite').Plugin} */
export function pageKernels() {
  return {
    name: 'page-kernels',
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : undefined),
    load(id) {
      const backend = MODULE.exec(id)?.[1];
      return backend && kernelsOf(backend);
    },
  };
}

/** @param {string} backend */
function kernelsOf(backend) {
  const imports = KERNELS.map(
    (name) =>
      `import { ${configOf(name)} } from '@tensorflow/tfjs-backend-${backend}/dist/kernels/${name}';\n`,
  );
  return `${imports.join('')}export default [${KERNELS.map(configOf).join()}];\n`;
}

/**
 * The name of a kernel's configuration: Add -> addConfig, _FusedMatMul -> _fusedMatMulConfig.
 * @param {string} name
 */
const configOf = (name) => `${name.replace(/[A-Z]/, (first) => first.toLowerCase())}Config`;
