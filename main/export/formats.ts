/**
 * The exporters of the formats in main/contract/export-formats.ts. To add one: a line there, a file or a
 * folder here and a line in EXPORTERS.
 */
import type { ExportFormat } from '../contract/index.ts';
import type { Exporter } from './exporter.ts';
import { html } from './html/index.ts';
import { keras } from './keras/index.ts';
import { onnx } from './onnx/index.ts';
import { pytorch } from './pytorch/index.ts';
import { safetensors } from './safetensors.ts';
import { savedmodel, tfjs } from './tensorflow/index.ts';

export const EXPORTERS: Record<ExportFormat, Exporter> = {
  html,
  onnx,
  pytorch,
  keras,
  savedmodel,
  tfjs,
  safetensors,
};
