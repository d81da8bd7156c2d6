/**
 * The two IPC channels between page and app. On their own, so that the preload script does not carry the
 * schemas.
 */

export const COMMAND_CHANNEL = 'studio:command';
/** Carries StudioEvent[]: events are gathered and sent some ten times a second. */
export const EVENT_CHANNEL = 'studio:events';
