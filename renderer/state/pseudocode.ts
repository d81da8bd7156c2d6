/** A turn as pseudocode, from the data to the weights that are updated. */
import { ROLES, type Role, type Trace } from '#main/contract/index.ts';

/** Names of the lines, to which the stops of a route refer. */
export type Line =
  | 'draw'
  | 'generate'
  | 'encode'
  | 'judge'
  | 'loss'
  | 'gradient'
  | 'judge-back'
  | 'encode-back'
  | 'generate-back'
  | 'update';

type Lines = { line: Line; text: string }[];

const ONE_D: Lines = [
  { line: 'draw', text: 'x = next images; z = draw(n)' },
  { line: 'generate', text: 'fake = G(z)              # only data' },
  { line: 'judge', text: 'a, b = D(x), D(fake)' },
  { line: 'loss', text: 'loss = L_D(a, b)         # a mean over n' },
  { line: 'gradient', text: 'da, db = dloss / da, dloss / db' },
  { line: 'judge-back', text: 'dw = da · dD / dw_D + db · dD / dw_D' },
  { line: 'update', text: 'w_D = optimiser(w_D, dw)' },
];

const ONE_G: Lines = [
  { line: 'draw', text: 'z = draw(n)' },
  { line: 'generate', text: 'fake = G(z)' },
  { line: 'judge', text: 'v = D(fake)              # D is held fixed' },
  { line: 'loss', text: 'loss = L_G(v)            # a mean over n' },
  { line: 'gradient', text: 'dv = dloss / dv' },
  { line: 'judge-back', text: 'dfake = dv · dD / dfake  # one for each pixel' },
  { line: 'generate-back', text: 'dw = dfake · dG / dw_G' },
  { line: 'update', text: 'w_G = optimiser(w_G, dw)' },
];

/** A turn of D that judges pairs of an image and its code. */
const PAIRS_D: Lines = ONE_D.flatMap((each) => {
  if (each.line === 'generate')
    return [each, { line: 'encode', text: 'code = E(x)              # only data' }];
  return each.line === 'judge' ? [{ ...each, text: 'a, b = D(x, code), D(fake, z)' }] : [each];
});

/** The lines of a turn, each with the name by which stops refer to it. */
export function pseudocodeOf({ roles, passes }: Pick<Trace, 'roles' | 'passes'>): Lines {
  const encodes = passes.some(({ role }) => role === 'encoder');
  if (roles.includes('discriminator')) return encodes ? PAIRS_D : ONE_D;
  return encodes ? pairsOf(roles) : ONE_G;
}

/** A turn of other players than D, which judges pairs. */
function pairsOf(roles: readonly Role[]): Lines {
  const movers = roles.map((role) => ROLES[role].letter);
  const moves = (role: Role): boolean => roles.includes(role);
  return [
    { line: 'draw', text: 'x = next images; z = draw(n)' },
    { line: 'generate', text: 'fake = G(z)' },
    { line: 'encode', text: 'code = E(x)' },
    { line: 'judge', text: 'a, b = D(x, code), D(fake, z)  # D is held fixed' },
    { line: 'loss', text: `loss = L_${movers.join('')}(a, b)        # a mean over n` },
    { line: 'gradient', text: 'da, db = dloss / da, dloss / db' },
    { line: 'judge-back', text: 'dcode, dfake = da · dD / dcode, db · dD / dfake' },
    ...(moves('encoder') ? [{ line: 'encode-back' as const, text: 'dw_E = dcode · dE / dw_E' }] : []),
    ...(moves('generator') ? [{ line: 'generate-back' as const, text: 'dw_G = dfake · dG / dw_G' }] : []),
    {
      line: 'update',
      text: movers.map((letter) => `w_${letter} = optimiser(w_${letter}, dw_${letter})`).join('; '),
    },
  ];
}
