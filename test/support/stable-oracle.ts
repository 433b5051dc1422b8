import { setFlagsFromString } from 'node:v8';

// The optimising compiler of Node 20 inlines calls into WebAssembly and now and then ends the process with a fatal
// "unreachable code" in its deoptimiser when cedar-wasm is called often.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');
