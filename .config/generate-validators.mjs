// Writes src/json/validators-generated.ts: validators of our JSON formats as plain functions, made by ajv from the JSON
// Schemas in grammar/schemas. Checking at run time then needs neither ajv nor code generation.
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const FORMATS = {
  agent: 'agent.schema.json',
  config: 'config.schema.json',
  event: 'event.schema.json',
  testFile: 'test-file.schema.json',
};

/** Text of the module. */
export function generateValidators() {
  const folder = new URL('../grammar/schemas/', import.meta.url);
  const schemas = Object.values(FORMATS).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  const ajv = new Ajv2020({
    schemas,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const names = Object.entries(FORMATS).map(([name, file], index) => [`${name}Errors`, schemas[index].$id, file]);
  const code = standalone.default(ajv, Object.fromEntries(names.map(([name, id]) => [name, id])));
  return `// @ts-nocheck\n/* oxlint-disable */\n// Made by .config/generate-validators.mjs from grammar/schemas; do not edit.\n${code}\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('../src/json/validators-generated.ts', import.meta.url), generateValidators());
}
