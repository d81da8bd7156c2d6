/**
 * The catalogue as a page of Markdown, with which docs/catalogue.md begins, so that the page says of each
 * entry what the app says.
 */
import { z } from 'zod';
import { catalogue } from './catalogue.ts';
import {
  moversBySide,
  type CatalogueEntry,
  type ExplainedEntry,
  type PhaseEntry,
  type Preset,
  type Recommended,
} from '../contract/index.ts';

/** All lines of the file before this one are generated. */
export const END_OF_CATALOGUE = '<!-- Up to this line: npm run docs -->';

/** Every GAN, loss, stabiliser, optimiser and preset: Markdown, ending with END_OF_CATALOGUE. */
export function cataloguePage(): string {
  const { gans, losses, stabilisers, optimizers, presets } = catalogue();
  return [
    '# Catalogue',
    'What a run can be made of: when to use each part, what the discriminator (D) and the generator (G) minimise, the idea in five lines, and the options. Names in `code` are those of ' +
      'the command line and of `config.json`. Every choice works with every other one, unless the app says why not.',
    '## GANs',
    'Choosing a GAN also sets the loss and the other settings that it was published with or works well with. Each of them can be changed afterwards.',
    ...gans.flatMap((gan) =>
      explained(gan, { phases: gan.phases, facts: [['Recommends', inWords(gan.recommends)]] }),
    ),
    '## Losses',
    ...losses.flatMap((loss) => explained(loss)),
    '## Stabilisers',
    'A run can use any number of them. They always apply in this order.',
    ...stabilisers.flatMap((stabiliser) => explained(stabiliser)),
    '## Optimisers',
    ...optimizers.flatMap(described),
    '## Presets',
    presets.map(preset).join('\n'),
    END_OF_CATALOGUE,
  ].join('\n\n');
}

/** The line may name another command, if an earlier version made the page. */
const ANY_END = /<!-- Up to this line: .* -->/;

/** The page with its generated part renewed; the rest stays as it is. */
export function withCatalogue(page: string): string {
  const [, rest = '\n'] = page.split(ANY_END);
  return cataloguePage() + rest;
}

function described(entry: CatalogueEntry): string[] {
  return [...heading(entry), ...options(entry), paper(entry)];
}

function explained(
  entry: ExplainedEntry,
  { phases, facts = [] }: { phases?: PhaseEntry[]; facts?: [string, string][] } = {},
): string[] {
  const { discriminator, generator, pseudocode } = entry.explanation;
  const movers = moversBySide(phases);
  const lines = [[movers.discriminator, discriminator], [movers.generator, generator], ...facts]
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `- ${name}: ${text}`);
  return [
    ...heading(entry),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ['```', ...pseudocode, '```'].join('\n'),
    ...options(entry),
    paper(entry),
  ];
}

const heading = ({ label, kind, summary }: CatalogueEntry): string[] => [`### ${label} \`${kind}\``, summary];
const paper = ({ paper: { title, url } }: CatalogueEntry): string => `[${title}](${url})`;
const preset = ({ kind, label, summary, recommends }: Preset): string =>
  `- **${label}** \`${kind}\`: ${summary} ${inWords(recommends)}.`;

const propertySchema = z.object({
  title: z.string().optional(),
  choices: z.record(z.string(), z.object({ label: z.string() })).optional(),
  description: z.string().optional(),
  default: z.unknown(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});

function options({ options: { properties } }: CatalogueEntry): string[] {
  const lines = Object.entries(z.record(z.string(), propertySchema).parse(properties ?? {})).map(
    ([name, property]) => {
      const from = property.minimum ?? property.exclusiveMinimum;
      const range = property.enum
        ? `; ${property.enum.map((value) => choiceWords(property, value)).join(', ')}`
        : from === undefined || property.maximum === undefined
          ? ''
          : `; ${from} to ${property.maximum}`;
      const title = property.title === undefined ? '' : ` ${property.title}`;
      return `- \`${name}\`${title} (${String(property.default)}${range}): ${property.description ?? ''}`;
    },
  );
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** "`pixel-shuffle` Pixel shuffle" */
function choiceWords({ choices }: z.infer<typeof propertySchema>, value: unknown): string {
  const label = choices?.[String(value)]?.label;
  return label === undefined ? String(value) : `\`${String(value)}\` ${label}`;
}

/** "loss wasserstein; stabilisers gradient-penalty weight=10; ..." */
function inWords({
  gan,
  loss,
  stabilisers,
  turns,
  optimizer,
  z: latent,
  batch,
  averaging,
  steps,
}: Recommended): string {
  const choice = ({ kind, options: given }: { kind: string; options: Record<string, unknown> }) =>
    [kind, ...Object.entries(given).map(([name, value]) => `${name}=${String(value)}`)].join(' ');
  return [
    gan && `GAN ${choice(gan)}`,
    loss && `loss ${choice(loss)}`,
    stabilisers && `stabilisers ${stabilisers.length > 0 ? stabilisers.map(choice).join(', ') : 'none'}`,
    turns &&
      (turns.kind === 'several'
        ? `${turns.discriminator} updates of D per update of G`
        : `update order ${turns.kind}`),
    optimizer &&
      `optimiser ${choice(optimizer)}, learning rates ${optimizer.learningRate.discriminator} (D) and ${optimizer.learningRate.generator} (G)`,
    latent && `z ${latent.size} ${latent.distribution}`,
    batch && `batch ${batch}`,
    averaging !== undefined && `EMA decay ${averaging}`,
    steps && `${steps} steps`,
  ]
    .filter(Boolean)
    .join('; ');
}
