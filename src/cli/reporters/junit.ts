import type { FileResult } from '../run-test-files.js';

/** Results of tests as JUnit XML: a suite for each file, and one error for a file that could not be run. */
export function junitReport(files: readonly FileResult[]): string {
  const all = files.flatMap(({ results }) => results);
  const broken = files.filter((file) => file.broken).length;
  const counts = `tests="${all.length + broken}" failures="${failures(all)}" errors="${broken}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="deodar" ${counts}>\n${files.map(suite).join('')}</testsuites>\n`;
}

function failures(results: FileResult['results']): number {
  return results.filter(({ differences }) => differences.length > 0).length;
}

function suite({ file, results, broken }: FileResult): string {
  const name = attribute(file);
  const error = `    <testcase name="${name}" classname="${name}"><error message="the file could not be run"/></testcase>\n`;
  const cases = results.map((result) => testCase(name, result));
  const counts = `tests="${results.length + Number(broken)}" failures="${failures(results)}" errors="${Number(broken)}"`;
  return `  <testsuite name="${name}" ${counts}>\n${cases.join('')}${broken ? error : ''}  </testsuite>\n`;
}

function testCase(suiteName: string, { name, differences }: FileResult['results'][number]): string {
  const open = `    <testcase name="${attribute(name)}" classname="${suiteName}"`;
  const [first] = differences;
  if (first === undefined) return `${open}/>\n`;
  return `${open}><failure message="${attribute(first)}">${text(differences.join('\n'))}</failure></testcase>\n`;
}

/** XML has no place for most control characters, nor for half of a surrogate pair. */
function text(value: string): string {
  return value
    .replaceAll(/[^\t\n\r\P{Cc}]|[\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value)
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\r', '&#13;');
}
