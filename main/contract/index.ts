/**
 * The contract: all that crosses between the page, the app and its utility processes, and all that the page
 * may see of the core. It imports zod alone.
 */
export * from './about.ts';
export * from './api.ts';
export * from './bytes.ts';
export * from './catalogue-entries.ts';
export * from './channels.ts';
export * from './commands.ts';
export * from './run-commands.ts';
export * from './runs-commands.ts';
export * from './latent-commands.ts';
export * from './dataset.ts';
export * from './disk-use.ts';
export * from './events.ts';
export * from './export-formats.ts';
export * from './failure.ts';
export * from './file-notes.ts';
export * from './fix.ts';
export * from './health.ts';
export * from './held-out.ts';
export * from './inspect.ts';
export * from './issue-words.ts';
export * from './lab.ts';
export * from './lab-config.ts';
export * from './less-memory.ts';
export * from './names.ts';
export * from './out-of-memory.ts';
export * from './points.ts';
export * from './preferences.ts';
export * from './quality.ts';
export * from './recommended.ts';
export * from './sheet.ts';
export * from './roles.ts';
export * from './precision-config.ts';
export * from './precision-words.ts';
export * from './run-config.ts';
export * from './run-settings.ts';
export * from './schedule-config.ts';
export * from './setting.ts';
export * from './shortcuts.ts';
export * from './source-key.ts';
export * from './source-name.ts';
export * from './system-errors.ts';
