import { dirname, join, relative, resolve } from 'node:path';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { validateJson } from '../json/validate.js';
import type { Session, Setting } from './command.js';

/** A file of settings: the option values that its settings stand for; paths count from the current folder. */
export type Config = ReadonlyMap<Setting, string | true | readonly string[]>;

/** Every setting, and whether it is a path, which counts from the folder of the file. */
const IS_PATH: Readonly<Record<Setting, boolean>> = {
  policies: true,
  schema: true,
  entities: true,
  agent: true,
  tools: true,
  profile: false,
  namespace: false,
  stub: true,
  includeOutputs: false,
  objectsAsRecords: false,
  keepAnnotations: false,
  flattenNamespaces: false,
  numbersAsDecimal: false,
  deduplicate: false,
  mode: false,
  level: false,
  denyWarnings: false,
  rules: false,
  tests: true,
  thresholds: false,
};

function isSetting(key: string): key is Setting {
  return Object.hasOwn(IS_PATH, key);
}

/** Reads a file of settings; its problems carry their place in it. */
export async function readConfig(session: Session, file: string): Promise<Result<Config>> {
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const problems = validateJson('config', json.value);
  if (problems.length > 0 || !isJsonObject(json.value)) return failure(locateDiagnostics(source.value, problems));
  const { cwd } = session;
  const folder = relative(cwd, dirname(resolve(cwd, file)));
  const values = new Map<Setting, string | true | readonly string[]>();
  for (const [key, setting] of Object.entries(json.value)) {
    if (!isSetting(key)) continue;
    const value = optionValue(setting, (text) => (IS_PATH[key] ? placed(folder, text) : text));
    if (value !== undefined) values.set(key, value);
  }
  return success(values);
}

/** A path from the current folder; one that is called `-` is a file all the same. */
function placed(folder: string, path: string): string {
  const joined = resolve(path) === path ? path : join(folder, path);
  return joined === '-' ? './-' : joined;
}

/** What a setting is as the value of an option; members of an object become `name=value`. */
function optionValue(
  json: JsonValue | undefined,
  textOf: (text: string) => string,
): string | true | readonly string[] | undefined {
  if (typeof json === 'string') return textOf(json);
  if (typeof json === 'number' || typeof json === 'bigint') return String(json);
  if (isJsonArray(json)) return json.flatMap((item) => (typeof item === 'string' ? [textOf(item)] : []));
  if (isJsonObject(json))
    return Object.entries(json).map(
      ([name, value]) => `${name}=${typeof value === 'string' || typeof value === 'number' ? value : ''}`,
    );
  return json === true ? true : undefined;
}
