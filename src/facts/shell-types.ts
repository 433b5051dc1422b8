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

/** Why what runs cannot be seen from the command. */
export type OpaqueReason =
  /** Text is read as a script again by `eval`, or an index or number that holds a substitution. */
  | 'eval'
  /** The program, or the text of a script, comes from a variable that nothing here sets. */
  | 'program-from-variable'
  /** It comes from a command substitution. */
  | 'program-from-substitution'
  /** The program's name is a pattern such as `/bin/r*`. */
  | 'program-from-glob'
  /** A subcommand comes from a variable, a substitution or a pattern. */
  | 'unknown-subcommand'
  /** A word that may be a flag comes from a variable, for a command that such a flag makes dangerous. */
  | 'unknown-flags'
  /** A shell reads its script from a pipe or file of which the text is not known. */
  | 'script-from-input'
  /** What runs comes from the network. */
  | 'script-from-network'
  /** What runs was decoded first, from base64 for one. */
  | 'decoded-into-interpreter'
  /** Code of another language, such as `python -c`; what plainly only prints does not count. */
  | 'other-language'
  /** A shell with a grammar of its own: fish, csh. */
  | 'other-shell'
  /** cmd, PowerShell and their programs. */
  | 'windows-shell'
  /** Lines of a file run in this shell. */
  | 'sourced-file'
  /**
   * A program outside the workspace is named by its path, where programs do not usually lie; or a script is run from a folder
   * in which anybody or any download may put one. What the same command wrote there with content of its own does not count.
   */
  | 'foreign-file'
  /** A name is given another meaning, by the shell, by git or by npm. */
  | 'alias'
  | 'name-reference'
  | 'history-expansion'
  /** A variable such as `LD_PRELOAD` makes programs load other code. */
  | 'preloaded-code'
  /** git is told to take its hooks from elsewhere. */
  | 'hooks-changed'
  /** A command is put where it runs later: crontab. */
  | 'scheduled-command'
  /** A database client is given a statement that is not known. */
  | 'unknown-statement'
  /** A program that runs another one in a way that is not followed. */
  | 'unknown-wrapper'
  /** Completion functions and key bindings. */
  | 'completion'
  /** A function calls itself. */
  | 'recursion'
  /** Variables have more possible values than are followed. */
  | 'too-many-alternatives'
  /** Nested deeper, or more work, than is followed. */
  | 'too-deep'
  /** The text is no bash. */
  | 'unparsable';

/** All reasons. */
export const OPAQUE_REASONS: Readonly<Record<OpaqueReason, true>> = {
  eval: true,
  'program-from-variable': true,
  'program-from-substitution': true,
  'program-from-glob': true,
  'unknown-subcommand': true,
  'unknown-flags': true,
  'script-from-input': true,
  'script-from-network': true,
  'decoded-into-interpreter': true,
  'other-language': true,
  'other-shell': true,
  'windows-shell': true,
  'sourced-file': true,
  'foreign-file': true,
  alias: true,
  'name-reference': true,
  'history-expansion': true,
  'preloaded-code': true,
  'hooks-changed': true,
  'scheduled-command': true,
  'unknown-statement': true,
  'unknown-wrapper': true,
  completion: true,
  recursion: true,
  'too-many-alternatives': true,
  'too-deep': true,
  unparsable: true,
};

/** What a shell command does; every field maps to an attribute of the same name in Cedar, lists to sets. */
export interface ShellFacts {
  /** Base names of all programs that run anywhere, wrappers included; `python3.11` also appears as `python`. */
  readonly programs: readonly string[];
  /**
   * Where the programs lie that are named by a path, absolute and normal as in `pathsRead`. Such a program is also in `programs` by its
   * base name, but only known to be that one where programs usually lie; elsewhere outside the workspace it is a `foreign-file`.
   */
  readonly programPaths: readonly string[];
  /**
   * Normal form: the program, the program with its subcommand, and each of these with one single flag, such as `"rm"`,
   * `"rm -r"`, `"git push"`, `"git push --force"`. Programs with subcommands have the long spelling of a flag, others the
   * short one where there is one. Of a command that only shows what it would do, or does it to an emulator on this machine or
   * to the database of the tests, only what says so: `"npm publish --dry-run"`. Statements for a database of tests, and some
   * for one of development, are `"psql drop-test"` instead of `"psql drop"`.
   */
  readonly commands: readonly string[];
  /**
   * The program, or the program with its subcommand, and one word that it is given as an operand or as the value of a
   * flag, in lower case: the whole word and its pieces between punctuation, so `git push origin HEAD:Main` gives
   * `"git push head:main"` and `"git push main"`. Of programs whose leading words are all subcommands the verb counts
   * too: `aws ec2 terminate-instances` gives `"aws terminate"`. A variable that the command does not set counts by its
   * name and the pieces of that, `"echo $github_token"` and `"echo $token"`, what another command prints as `"curl $()"`, a
   * variable in what a client says about itself, such as the user agent, in a cookie that is not called a session, or in any
   * header that does not prove who is asking, as `"header $token"`.
   * Longer texts, such as messages, are left out. A redirection to a network device counts by its operator, `"> /dev/tcp"`.
   */
  readonly operands: readonly string[];
  /**
   * Settings that are given to programs, with the program before them, in lower case and with a `*` for a name in the
   * middle: `"git remote.*.pushurl"`, `"npm registry"`, `"ssh proxycommand"`.
   */
  readonly settings: readonly string[];
  /**
   * Names that code of other languages uses, in lower case: identifiers, dotted names with their start and their members,
   * and words of its strings, of which those that are joined by `+` count as one. `os.system("x")` gives `"os.system"`,
   * `"os"`, `".system"` and `"x"`; names that it imports under others are put back.
   */
  readonly codeNames: readonly string[];
  /**
   * What known programs do that neither files nor hosts tell, whatever the program: `"publish"`, `"reveal-secret"`,
   * `"read-instance-data"`, `"push-shared"`, `"force-push"`, `"push-elsewhere"`, `"change-remote"`, `"rewrite-history"`,
   * `"discard-work"`, `"reset-database"`, `"change-production"`, `"reach-host"`, `"remove-machine"`, `"delete-by-code"`,
   * `"harmful-code"`, `"reach-private"`, `"give-access"`, `"overwrite-unknown"`. git, and what `commands`
   * names plainly, is left to those.
   */
  readonly effects: readonly string[];
  /**
   * Whether no more than one simple command does anything. Wrappers count with what they run, and these not at all: `cd`,
   * `echo`, `test` and the like, variables that are set, and filters such as `grep` that read a pipe and no file; a file
   * that is redirected into a command counts like one more. What excuses a command by one of its words should ask for
   * this, or it excuses all others of the line too.
   */
  readonly single: boolean;
  /** Whether something may run that these facts do not show. */
  readonly opaque: boolean;
  readonly opaqueReasons: readonly OpaqueReason[];
  /**
   * Absolute and normal. A pattern stays as it is, an unknown piece is a `*`; a path of which the start is unknown is only
   * told by `dynamicPaths`. Variables that nobody sets read as empty.
   */
  readonly pathsRead: readonly string[];
  readonly pathsWritten: readonly string[];
  readonly pathsDeleted: readonly string[];
  /**
   * Names of the host's sets that a path belongs to, or that a pattern aims at: `*.ts` aims at no set of other names. What reads
   * a folder with all below it counts as reading the files in it where it shows all of them, hidden ones too: a search for what
   * every line has, such as `grep -r "" .`, one over the workspace for what secrets are called, such as `API_KEY`, an archive
   * or files that are printed, and patterns where the shell is told that they match hidden names. `grep -r TODO .` and `rg foo`
   * do not.
   */
  readonly globsRead: readonly string[];
  readonly globsWritten: readonly string[];
  readonly globsDeleted: readonly string[];
  /** The same for what is read in a container or on another machine, whose paths are not among `pathsRead`. */
  readonly globsReadElsewhere: readonly string[];
  readonly readsOutsideWorkspace: boolean;
  readonly writesOutsideWorkspace: boolean;
  readonly deletesOutsideWorkspace: boolean;
  /** Deletes the workspace, a folder around it, the home folder or the root, or everything in one of them. */
  readonly deletesWorkspaceRoot: boolean;
  /**
   * Hosts that the words of the command name, or that known programs contact for them, in canonical form as in the facts of a URL; `"unknown"`
   * where such a word is not known. What a program finds in settings and files of its own is not among them: `git push`, `npm install` and
   * `kubectl delete` name no host, and are told by `commands`.
   */
  readonly hosts: readonly string[];
  /** Names of variables that are assigned or exported. */
  readonly environment: readonly string[];
  /** Whether all variables of the environment are printed: `env`, `printenv` or `export -p` without a name. */
  readonly printsEnvironment: boolean;
  /** Whether text from a pipe, a here-document, a substitution or the network is run as a program. */
  readonly pipesToInterpreter: boolean;
  /** Whether it asks for another user's rights: sudo, doas, su, pkexec and their like. */
  readonly privileged: boolean;
  /** Whether a path is not known: an unresolved variable, a substitution or a pattern. */
  readonly dynamicPaths: boolean;
}
