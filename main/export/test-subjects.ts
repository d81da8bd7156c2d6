/** What tests of exports export. */
export * from '../bench/export-subjects.ts';
