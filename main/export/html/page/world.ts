/** TensorFlow.js wants a global object by one of the names that it knows; a world without a page may have none. */
globalThis.self ??= globalThis as typeof self;
