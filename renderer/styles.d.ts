/** Types for what Vite adds to imports: style sheets, which export nothing, and `import.meta.glob`. */
declare module '*.css';

interface ImportMeta {
  /**
   * Vite replaces this call with the matching files, keyed by path: their addresses (`?url`) or their text
   * (`?raw`).
   */
  glob<Value>(
    files: string | string[],
    options: { query?: '?raw' | '?url'; import: 'default'; eager: true },
  ): Record<string, Value>;
}
