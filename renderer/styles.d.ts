/** Style sheets are imported for their effect only. */
declare module '*.css';

interface ImportMeta {
  /** Vite puts the files in its place: their addresses, or what they hold. */
  glob<Value>(
    files: string | string[],
    options: { query?: '?raw' | '?url'; import: 'default'; eager: true },
  ): Record<string, Value>;
}
