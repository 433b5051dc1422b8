import { readJson } from '../authorizer/request.js';
import { readingBySchema } from '../authorizer/request-by-schema.js';
import type { ConditionCode } from '../compiler/emit-conditions.js';
import { conformingStore, storeBySchema } from '../entities/entities-by-schema.js';
import { createStandalone, type Reading, type Standalone } from './create-standalone.js';
import type { PackedData } from './packed-data.js';
import type { StandaloneData } from './standalone-data.js';

// What is written into every module that is compiled with a schema.

export { RUNTIME } from '../compiler/runtime.js';

function readingOf({ schema }: StandaloneData): Reading {
  if (schema === undefined) throw new Error('the data of this module has no schema');
  return {
    bySchema: readingBySchema(schema),
    readEntities: (given) => {
      const json = readJson(given, 'entities');
      return json.ok ? storeBySchema(json.value, schema) : json;
    },
    adopt: (store) => conformingStore(store, schema),
  };
}

export function create(packed: PackedData<StandaloneData>, codes: readonly ConditionCode[]): Standalone {
  return createStandalone(packed, codes, readingOf);
}
