import { cloudPrograms } from './programs-cloud-table.js';
import { developerPrograms } from './programs-developer-table.js';
import { filePrograms } from './programs-files.js';
import { languagePrograms } from './programs-languages.js';
import { networkPrograms } from './programs-network.js';
import type { Program } from './programs-program.js';
import { wrapperPrograms } from './programs-wrappers.js';

const programs = new Map<string, Program>(
  [filePrograms, languagePrograms, networkPrograms, cloudPrograms, developerPrograms, wrapperPrograms].flatMap(
    (table) => Object.entries(table),
  ),
);

/** The names of all programs that tables describe. */
export function programNames(): readonly string[] {
  return [...programs.keys()];
}

/**
 * The program that a table describes under a name. The build puts a function in its place that reads only the programs
 * that are asked for, where a process ends after a moment.
 */
export function programNamed(name: string): Program | undefined {
  return programs.get(name);
}
