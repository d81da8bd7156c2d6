/** Globals of Node that are declared only in the types of a browser. */
declare namespace WebAssembly {
  /** Thrown when code of a module traps. */
  class RuntimeError extends Error {}
}
