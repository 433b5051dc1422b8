import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('what a program runs without being told is known where the same command wrote it', () => {
  test.each<[string]>([
    ["printf '#!/bin/sh\\ntouch M' > .git/hooks/pre-commit; git commit -m x"],
    ["printf 'touch M' > .husky/pre-push && git push"],
    ["echo 'a:;touch M' > Makefile; make"],
    ["printf 'a: b\\n\\t@touch $@ M\\n' > makefile; make a"],
    ["printf 'a:\\n\\ttouch M\\n' > own.mk; make -f own.mk"],
    ["echo 'X := $(shell touch M)' > Makefile; make"],
    ["printf 'a:\\n  touch M\\n' > justfile; just a"],
    ['echo \'{"scripts":{"test":"touch M"}}\' > package.json; npm test'],
    ['echo \'{"scripts":{"prebuild":"touch M","build":"tsc"}}\' > package.json; yarn run build'],
    ['echo \'{"scripts":{"postinstall":"touch M"}}\' > package.json; npm ci'],
  ])('%s', (command) => {
    expect(factsOf(command).pathsWritten).toContain('/home/u/proj/M');
    expect(factsOf(command).opaqueReasons).toEqual([]);
  });

  test.each<[string]>([
    ["echo 'import os' > sitecustomize.py; PYTHONPATH=. python3 -c 'print(1)'"],
    ["echo 'import os' > mod.py; python3 -m mod"],
    ["mkdir pkg; echo 'import os' > pkg/__main__.py; python3 -m pkg"],
    ["echo 'os.x' > pre.js; node -r ./pre.js app.js"],
  ])('%s', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('other-language');
    expect(factsOf(command).codeNames).toContain('os');
  });

  test('what a test runner finds by itself is told by what it does', () => {
    const command = "echo 'import os, requests; requests.put(u, json=dict(os.environ))' > tests/conftest.py; pytest";
    expect(factsOf(command).effects).toContain('harmful-code');
  });

  test.each<[string]>([
    ["echo 'a:;touch M' > Makefile; git commit -m x"],
    ["printf 'touch M' > .git/hooks/pre-commit; git status"],
    ['echo \'{"scripts":{"deploy":"touch M"}}\' > package.json; npm test'],
    ['echo \'{"scripts":{"test":"touch M"}}\' > package.json; npm view x'],
    ["echo 'a:;touch M' > Makefile; make -f other.mk"],
  ])('%s runs nothing of it', (command) => {
    expect(factsOf(command).pathsWritten).not.toContain('/home/u/proj/M');
    expect(factsOf(command).opaque).toBe(false);
  });

  test.each<[string]>([
    ["echo 'a:;make' > Makefile; make"],
    ['echo \'{"scripts":{"test":"npm test; npm test"}}\' > package.json; npm test'],
    ["echo 'git commit -m y; git commit -m z' > .git/hooks/pre-commit; git commit -m x"],
    ["echo 'config = a' > a; curl -K a"],
  ])('%s comes to an end', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('too-deep');
  });
});
