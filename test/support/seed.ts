import fc from 'fast-check';
import { SEED } from '../cedar-wasm/fuzz-settings.js';

// A run of the suite has the same random cases each time, so that it fails for what has changed; `npm run fuzz` has others.
fc.configureGlobal({ seed: SEED });
