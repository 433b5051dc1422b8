import { readEntities } from '../authorizer/request.js';
import type { ConditionCode } from '../compiler/emit-conditions.js';
import { success } from '../diagnostics/diagnostic.js';
import { createEntityStore } from '../entities/entity-store.js';
import { createStandalone, type Reading, type Standalone } from './create-standalone.js';
import type { PackedData } from './packed-data.js';
import type { StandaloneData } from './standalone-data.js';

// What is written into every module that is compiled without a schema.

export { RUNTIME } from '../compiler/runtime.js';

const READING: Reading = {
  bySchema: undefined,
  readEntities: (given) => {
    const read = readEntities(given);
    return read.ok ? createEntityStore(read.value) : read;
  },
  adopt: success,
};

export function create(packed: PackedData<StandaloneData>, codes: readonly ConditionCode[]): Standalone {
  return createStandalone(packed, codes, () => READING);
}
