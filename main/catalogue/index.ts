/** All that a person chooses from, as the window, the command line and docs/catalogue.md show it. It imports every kind of entry. */
export { catalogue } from './catalogue.ts';
export { END_OF_CATALOGUE, cataloguePage, withCatalogue } from './catalogue-page.ts';
export { PRESETS } from './presets.ts';
