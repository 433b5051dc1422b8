import type { GlobSets } from './path-globs.js';

/** Where a command runs: everything that its text alone does not say. */
export interface ShellContext {
  /** Absolute folder that the command starts in. */
  readonly cwd: string;
  /** Absolute folder that the agent works in. */
  readonly workspace: string;
  /** Absolute folder that `~` and `$HOME` stand for. */
  readonly home: string;
  /** Named glob sets; the `globs…` fields of the facts list those that paths of the command belong to. */
  readonly globs?: GlobSets | undefined;
  /** Compare glob patterns without regard to case; default true, because many file systems do. */
  readonly ignoreCase?: boolean | undefined;
}

/** What a shell command does; every field maps to an attribute of the same name in Cedar, lists to sets. */
export interface ShellFacts {
  /** Base names of all programs that run anywhere, wrappers included; `python3.11` also appears as `python`. */
  readonly programs: readonly string[];
  /**
   * Normal form: the program, the program with its subcommand, and each of these with one single flag, such as `"rm"`,
   * `"rm -r"`, `"git push"`, `"git push --force"`. Programs with subcommands have the long spelling of a flag, others the
   * short one where there is one.
   */
  readonly commands: readonly string[];
  /** Whether something may run that these facts do not show. */
  readonly opaque: boolean;
  /** Why, in kebab case, such as `"eval"` or `"program-from-variable"`. */
  readonly opaqueReasons: readonly string[];
  /** Absolute and normal; a path whose end is unknown keeps its pattern or variable as text. */
  readonly pathsRead: readonly string[];
  readonly pathsWritten: readonly string[];
  readonly pathsDeleted: readonly string[];
  readonly globsRead: readonly string[];
  readonly globsWritten: readonly string[];
  readonly globsDeleted: readonly string[];
  readonly readsOutsideWorkspace: boolean;
  readonly writesOutsideWorkspace: boolean;
  readonly deletesOutsideWorkspace: boolean;
  /** Deletes the workspace, a folder around it, the home folder or the root, or everything in one of them. */
  readonly deletesWorkspaceRoot: boolean;
  /** Hosts that may be contacted, in lower case. */
  readonly hosts: readonly string[];
  /** Names of variables that are assigned or exported. */
  readonly environment: readonly string[];
  /** Whether text from a pipe, a here-document, a substitution or the network is run as a program. */
  readonly pipesToInterpreter: boolean;
  /** Whether it asks for another user's rights: sudo, doas, su, pkexec and their like. */
  readonly privileged: boolean;
  /** Whether a path is not known: an unresolved variable, a substitution or a pattern. */
  readonly dynamicPaths: boolean;
}
