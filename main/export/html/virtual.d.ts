/** What electron/packaging/exported-page.mjs makes of the page's sources. */
declare module 'virtual:exported-page' {
  export const markup: string;
  export const style: string;
  export const engine: string;
  export const page: string;
  /** Base64. */
  export const wasm: string;
  /** Of what is bundled. */
  export const licences: string;
}
