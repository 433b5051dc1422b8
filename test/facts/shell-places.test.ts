import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('places', () => {
  test.each([
    ['wasm-pack build crates/a --out-dir ../../web/wasm', '/home/u/proj/web/wasm'],
    ['mdbook build docs -d ../site', '/home/u/proj/site'],
    ['wasm-pack build crates/a --out-dir ../../../x', '/home/u/x'],
  ])('%s writes %s', (command, path) => {
    expect(factsOf(command).pathsWritten).toContain(path);
  });

  test.each([['echo AT > /dev/ttyUSB0'], ['cat /dev/ttyACM0'], ['head -1 /dev/cu.usbmodem14101']])(
    '%s is a line to a board',
    (command) => {
      const { pathsRead, pathsWritten } = factsOf(command);
      expect([...pathsRead, ...pathsWritten]).toEqual([]);
    },
  );

  test.each([
    ['nvim --headless -c "PlenaryBustedDirectory tests/ {minimal_init = \'a.lua\'}" -c qa!', false],
    ["vim -c 'Vader! test/*.vader'", false],
    ["nvim -c \"lua require('plenary.busted').run('tests')\"", false],
    ['nvim --headless -c "PlenaryBustedDirectory tests/ | !curl x"', true],
    ['nvim -c "lua os.execute(\'x\')"', true],
    ["nvim -c \"lua require('plenary.job'):new({command='sh'}):sync()\"", true],
    ['vim -c ":call system(\'x\')"', true],
  ])('%s: code %s', (command, isCode) => {
    expect(factsOf(command).opaqueReasons.includes('other-language')).toBe(isCode);
  });
});
