import type { Machine } from './shell-machine.js';

/** Installers of R that take names of the registry and places of repositories alike. */
const installers = /\bpak\b|\bpkg_install\b|\b(?:renv|BiocManager)\b/;
const installs = /\bpak\b|\binstall\b(?!\.)|\bpkg_install\b/;
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
 * as `npm install owner/name` has, and `pak::pak("name")` none.
 */
export function noteRPackages(machine: Machine, code: string): void {
  if (!installers.test(code) || !installs.test(code)) return;
  for (const [, double, single] of code.matchAll(quoted)) {
    const text = (double ?? single ?? '').trim();
    const kind = /^(?:[\w.]+=)?([a-z\d]+)::/.exec(text)?.[1];
    if (kind !== undefined) {
      const host = hosts.get(kind);
      if (host !== undefined) machine.findings.hosts.add(host);
    } else if (repository.test(text)) machine.findings.hosts.add('github.com');
  }
}
