/** Blocks that both networks of the small-data GAN are made of. */
import { activation, conv, multiply, upsample, upsampleConv, type Layer } from '../layers/index.ts';
import { normalised, type Normalisation } from './normalisation.ts';
import type { Repeating } from './upsampling.ts';

/** Leaky ReLU with the slope that both networks use. */
export const leaky = (name: string): Layer => activation(name, { function: 'leaky-relu', slope: 0.2 });

/** Doubles the picture `from` with a gated linear unit; its last layer is `name`. */
export function doubling({
  name,
  filters,
  from,
  normalisation,
  upsampling,
}: {
  name: string;
  filters: number;
  from: string;
  normalisation: Normalisation;
  upsampling: Repeating;
}): Layer[] {
  const larger = `${name}-larger`;
  const convolved = (part: string, bias: boolean) =>
    upsampling === 'smooth'
      ? upsampleConv(part, { filters, bias }, from)
      : conv(part, { filters, kernel: 3, stride: 1, bias }, larger);
  const half = (part: string): Layer[] => {
    const norm = normalised(`${name}-${part}-norm`, normalisation);
    return [convolved(`${name}-${part}`, norm.length === 0), ...norm];
  };
  return [
    ...(upsampling === 'repeat' ? [upsample(larger, { factor: 2 }, from)] : []),
    ...gated({ name, value: half('value'), gate: half('gate') }),
  ];
}

/** A gated linear unit, value * sigmoid(gate); its last layer is `name`. Dauphin et al. 2017, equation 1. */
export function gated({ name, value, gate }: { name: string; value: Layer[]; gate: Layer[] }): Layer[] {
  const valueName = value.slice(-1).map((last) => last.name);
  return [
    ...value,
    ...gate,
    activation(`${name}-open`, { function: 'sigmoid' }),
    multiply(name, {}, ...valueName, `${name}-open`),
  ];
}
