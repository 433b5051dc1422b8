import { noteRun } from './shell-foreign.js';
import type { Machine } from './shell-machine.js';
import { plainField } from './shell-values.js';

/** Installers of R that take names of the registry and places of repositories alike. */
const installers = /\bpak\b(?!\s*::)|\bpkg_install\b|\b(?:renv|BiocManager)\b/;
const installs = /\bpak\b(?!\s*::)|\binstall\b(?!\.)|\bpkg_install\b/;
/** What puts a text together, so that it stands nowhere. */
const composes = /\b(?:paste0?|sprintf|intToUtf8|rawToChar|chartr|gsub|sub|rev|glue)\s*\(/;
/** Files and folders that are run or installed, by their place. */
const runsPlace =
  /\b(?:source|install\.packages|install_local|install|pkg_install|pak|load_all)\s*\(\s*(?:c\s*\(\s*)?["'](?:local::)?([~/][^"'\\\n]{1,256})["']/g;
/** A text between quotes, without escapes: names of packages have none. */
const quoted = /"([^"\\\n]{1,256})"|'([^'\\\n]{1,256})'/g;
/** `owner/name`, with a folder, a branch or a pull request after it and what it is called before it. */
const repository = /^(?:[\w.]+=)?[A-Za-z\d][\w-]*\/[\w.-]+(?:\/[\w./-]+)?(?:[@#:][^\s]*)?$/;
/** Kinds of places that are named in full; `cran::` and `bioc::` are registries, `local::` and `deps::` folders. */
const hosts: ReadonlyMap<string, string> = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['bitbucket', 'bitbucket.org'],
  ['git', 'unknown'],
  ['git2r', 'unknown'],
  ['svn', 'unknown'],
  ['url', 'unknown'],
]);

/**
 * Records the hosts that packages come from which R code installs: `pak::pak("owner/name")` has github.com among its hosts,
 * as `npm install owner/name` has, and `pak::pak("name")` none. Files outside of the workspace that it runs or installs are
 * foreign.
 */
export function noteRPackages(machine: Machine, code: string): void {
  for (const [, place = ''] of code.matchAll(runsPlace)) noteRun(machine, plainField(place));
  if (!installers.test(code) || !installs.test(code)) return;
  if (composes.test(code)) machine.findings.hosts.add('unknown');
  for (const [, double, single] of code.matchAll(quoted)) {
    const text = (double ?? single ?? '').trim();
    const kind = /^(?:[\w.]+=)?([a-z\d]+)::/.exec(text)?.[1];
    if (kind !== undefined) {
      const host = hosts.get(kind);
      if (host !== undefined) machine.findings.hosts.add(host);
    } else if (repository.test(text)) machine.findings.hosts.add('github.com');
  }
}
