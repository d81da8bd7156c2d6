/**
 * Keeps to the page's policy: zod is not to speed up parsing with `new Function`. Import this before any
 * schema is built.
 */
import { z } from 'zod';

z.config({ jitless: true });
