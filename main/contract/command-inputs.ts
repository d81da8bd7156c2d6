/** Inputs that commands share. */
import { z } from 'zod';

/** Nothing is asked, or answered. */
export const nothing = z.object({});

export const runFolder = z.object({ folder: z.string().min(1) });
