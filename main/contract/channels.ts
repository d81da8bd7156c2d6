/**
 * The two IPC channels between page and app. They have a file of their own so that the preload script does
 * not bundle the schemas.
 */

export const COMMAND_CHANNEL = 'studio:command';
/** Carries StudioEvent[]: events are gathered and sent about ten times a second. */
export const EVENT_CHANNEL = 'studio:events';
