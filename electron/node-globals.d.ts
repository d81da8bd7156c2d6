/** What Node has and its types leave to those of a browser. */
declare namespace WebAssembly {
  /** What a module throws when it breaks down. */
  class RuntimeError extends Error {}
}
