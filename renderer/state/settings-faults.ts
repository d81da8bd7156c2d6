/** Checks the settings of a run, and says what is wrong with them in the words of their fields. */
import {
  numberFault,
  runConfigSchema,
  toFailure,
  type Catalogue,
  type Choice,
  type RunConfig,
} from '#main/contract/index.ts';
import { schemaFields, type SchemaField } from '../parts/schema-fields.ts';

/** The first thing that is wrong with them, in words; undefined if nothing is. Options need the catalogue. */
export function faultOfSettings(config: RunConfig, catalogue: Catalogue | undefined): string | undefined {
  const { error } = runConfigSchema.safeParse(config);
  return error ? toFailure(error).message : faultOfOptions(config, catalogue);
}

function faultOfOptions(
  { gan, loss, stabilisers, optimizer }: RunConfig,
  catalogue: Catalogue | undefined,
): string | undefined {
  const chosen: ['gans' | 'losses' | 'stabilisers' | 'optimizers', Choice][] = [
    ['gans', gan],
    ['losses', loss],
    ...stabilisers.map((each): ['stabilisers', Choice] => ['stabilisers', each]),
    ['optimizers', optimizer],
  ];
  for (const [list, { kind, options }] of chosen) {
    const entry = catalogue?.[list].find((each) => each.kind === kind);
    for (const field of schemaFields(entry?.options ?? {})) {
      const fault = optionFault(field, options[field.key]);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

/**
 * What is wrong with the value of an option; undefined if nothing is, or if there is no value and the initial
 * one counts.
 */
function optionFault(field: SchemaField, value: unknown): string | undefined {
  if (field.kind !== 'number' || value === undefined) return undefined;
  const { label, integer, minimum, maximum, above } = field;
  const fault = numberFault(value, { integer, minimum, maximum, above });
  return fault && `${label}: ${fault}.`;
}
