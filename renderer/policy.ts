/**
 * Stops zod from compiling parsers with `new Function`, which the page's content security policy forbids.
 * Import this before any schema is built.
 */
import { z } from 'zod';

z.config({ jitless: true });
