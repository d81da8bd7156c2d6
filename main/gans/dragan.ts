/**
 * DRAGAN: DCGAN's networks, without batch norm in D, and a penalty that pulls the length of D's gradient near
 * real images towards 1.
 */
import { dcgan, dcganOptions } from './dcgan.ts';
import type { Gan } from './gan.ts';
import { normalisationSchema } from './normalisation.ts';

/** Kodali et al. 2017, section 2.3. */
export const dragan: Gan = {
  ...dcgan,
  kind: 'dragan',
  label: 'DRAGAN',
  summary:
    'DCGAN with a penalty on the gradient of D near real pictures. It collapses less often, and a step takes longer.',
  paper: {
    title: 'Kodali et al. 2017, On Convergence and Stability of GANs',
    url: 'https://arxiv.org/abs/1705.07215',
  },
  explanation: {
    discriminator: '−mean log D(x) − mean log(1 − D(G(z))) + λ · mean (‖∇D(x + α·δ)‖ − 1)²,  α ~ U(0, 1)',
    generator: '−mean log D(G(z))',
    pseudocode: [
      'near = x + uniform(0, 1) * noise',
      'g = gradient of D(near) by near',
      'loss_D = -mean(log(D(x))) - mean(log(1 - D(G(z)))) + weight * mean((norm(g) - 1) ** 2)',
      'update D',
      'loss_G = -mean(log(D(G(z)))); update G',
    ],
  },
  options: dcganOptions.extend({ normalisation: normalisationSchema.default('none') }),
  recommends: { ...dcgan.recommends, stabilisers: [{ kind: 'dragan-penalty', options: {} }] },
};
