/** Inputs that commands share. */
import { z } from 'zod';

/** The input or the answer of a command that has none. */
export const nothing = z.object({});

export const runFolder = z.object({ folder: z.string().min(1) });
