import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/terminal.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-types-'));
  mkdirSync(join(folder, 'schema'));
  write('schema/users.cedarschema', 'entity User;\n');
  write('schema/actions.cedarschema.json', ACTIONS);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ACTIONS =
  '{ "": { "entityTypes": {}, "actions": { "view": { "appliesTo": { "principalTypes": ["User"], "resourceTypes": ["User"] } } } } }';

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

const types = (...args: string[]) => runCli(folder, ['types', ...args]);

describe('deodar types', () => {
  it('makes the declarations of the type tests, which are up to date', async () => {
    const fixtures = resolve(import.meta.dirname, 'fixtures');
    const args = ['photos.cedarschema', 'photos-actions.json', '-p', 'photos.cedar', '-o', 'photos.ts', '--check'];
    expect(await runCli(fixtures, ['types', ...args])).toEqual({ code: 0, out: '', err: '' });
  });

  it('prints the declarations of several fragments in both formats, under the command that made them', async () => {
    const { code, out, err } = await types('schema');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^\/\/ Made by `deodar types schema`\.\n/);
    expect(out).toContain('readonly \'Action::"view"\': ViewRequest;');
    expect(
      (await types('schema/users.cedarschema', 'schema/actions.cedarschema.json')).out.split('\n').slice(1),
    ).toEqual(out.split('\n').slice(1));
  });

  it('reads a schema from standard input', async () => {
    const { code, out } = await runCli(folder, ['types', '-'], 'entity Tree;');
    expect(code).toBe(0);
    expect(out).toContain('export interface TreeEntity');
  });

  it('writes into folders that are not there yet, and finds the file up to date', async () => {
    expect(await types('schema', '-o', 'src/generated/schema.ts')).toEqual({
      code: 0,
      out: '',
      err: 'wrote src/generated/schema.ts\n',
    });
    expect(await types('schema', '-o', 'src/generated/schema.ts', '--check')).toEqual({ code: 0, out: '', err: '' });
    write('src/generated/schema.ts', read('src/generated/schema.ts').replaceAll('\n', '\r\n'));
    expect((await types('schema', '-o', 'src/generated/schema.ts', '--check')).code).toBe(0);
  });

  it('fails with --check where the file is another or none, and names the command', async () => {
    const missing = await types('schema', '--check', '-o', 'it.ts');
    expect(missing).toEqual({
      code: 1,
      out: '',
      err: 'it.ts: error[outdated-declarations]: there are no declarations yet\n  help: run `deodar types schema -o it.ts`\n',
    });
    await types('schema', '-o', 'it.ts');
    write('schema/users.cedarschema', 'entity User = { age: Long };\n');
    const { code, err } = await types('schema', '-o', 'it.ts', '--check');
    expect(code).toBe(1);
    expect(err).toContain('it.ts: error[outdated-declarations]: these declarations are not those of the schema');
    expect(read('it.ts')).not.toContain('age');
  });

  it('names the ids of policies as the other commands do', async () => {
    write('a b.cedar', '@id("first") permit (principal, action, resource);\nforbid (principal, action, resource);');
    const { out } = await types('schema', '-p', 'a b.cedar');
    expect(out).toContain("// Made by `deodar types schema -p 'a b.cedar'`.");
    expect(out).toContain("export type PolicyId = 'first' | 'policy1';");
  });

  it('reports every mistake of every fragment, with its place', async () => {
    write('schema/users.cedarschema', 'entity User = { a: Strin };\nentity Group in [Usr];\n');
    write(
      'schema/actions.cedarschema.json',
      ACTIONS.replace('"resourceTypes": ["User"]', '"resourceTypes": ["Photo"]'),
    );
    const { code, out, err } = await types('schema', '-o', 'it.ts');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('schema/users.cedarschema:1:20: error[unknown-type]: there is no type `Strin`');
    expect(err).toContain('schema/users.cedarschema:2:18: error[unknown-type]');
    expect(err).toContain('schema/actions.cedarschema.json:1:');
    expect(() => read('it.ts')).toThrow('ENOENT');
  });

  it('reports mistakes of form in both formats', async () => {
    write('schema/users.cedarschema', 'entity ;\n');
    write('schema/actions.cedarschema.json', '{ "": { "entityTypes": [], "actions": {} } ');
    const { code, err } = await types('schema');
    expect(code).toBe(1);
    expect(err).toContain('schema/users.cedarschema:1:8: error[');
    expect(err).toContain('schema/actions.cedarschema.json:1:');
  });

  it('writes declarations beside warnings', async () => {
    write('schema/users.cedarschema', 'entity User = { a: Long, a: String };\n');
    const { code, out, err } = await types('schema');
    expect(code).toBe(0);
    expect(err).toContain('warning[duplicate-attribute]');
    expect(out).toContain('readonly a: string;');
  });

  it.each([
    ['no schema', [], 'no schema: name its files'],
    ['--check without a file', ['schema', '--check'], 'name it with -o'],
    ['standard input for both', ['-', '-p', '-'], 'standard input was read already'],
    ['a file that is not there', ['nope.cedarschema'], 'nope.cedarschema: error[file-not-found]'],
    ['a folder to write to', ['schema', '-o', 'schema'], 'schema: error[file-unwritable]'],
    ['a folder to check', ['schema', '-o', 'schema', '--check'], 'schema: error[file-unreadable]'],
    ['policies with mistakes', ['schema', '-p', 'bad.cedar'], 'bad.cedar:1:1: error['],
  ])('fails with a clear message for %s', async (_name, args, message) => {
    write('bad.cedar', 'permt (principal, action, resource);');
    const { code, out, err } = await types(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('internal error');
  });
});
