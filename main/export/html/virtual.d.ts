/** The bundled sources of the page, from electron/packaging/exported-page.mjs. */
declare module 'virtual:exported-page' {
  export const markup: string;
  export const style: string;
  export const engine: string;
  export const page: string;
  /** The WebAssembly of the backend, in Base64. */
  export const wasm: string;
  /** The licences of what is bundled, as text. */
  export const licences: string;
}
