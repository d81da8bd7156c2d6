/**
 * Everything that a person can choose, as the window, the command line and docs/catalogue.md show it. This
 * folder imports the catalogues of all kinds.
 */
export { catalogue } from './catalogue.ts';
export { END_OF_CATALOGUE, cataloguePage, withCatalogue } from './catalogue-page.ts';
export { PRESETS } from './presets.ts';
