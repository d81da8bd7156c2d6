/**
 * Defines the global `self` outside of a page: TensorFlow.js looks for a global object by names like this
 * one.
 */
globalThis.self ??= globalThis as typeof self;
