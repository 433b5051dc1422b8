/** Names of the readers for programs that a table row cannot describe. */
export type HandlerName =
  | 'interpreter'
  | 'shell'
  | 'wrapper'
  | 'xargs'
  | 'parallel'
  | 'find'
  | 'fd'
  | 'copy'
  | 'dd'
  | 'sed'
  | 'awk'
  | 'jq'
  | 'tar'
  | 'unzip'
  | 'zip'
  | 'chmod'
  | 'git'
  | 'curl'
  | 'httpie'
  | 'wget'
  | 'netcat'
  | 'socat'
  | 'ssh'
  | 'keygen'
  | 'rsync'
  | 'editor'
  | 'docker'
  | 'kubectl-exec'
  | 'su'
  | 'env'
  | 'environment'
  | 'watch'
  | 'shell-text'
  | 'tee'
  | 'crontab'
  | 'at'
  | 'sql'
  | 'dropdb'
  | 'scripts'
  | 'sysctl'
  | 'runs-code'
  | 'code-words'
  | 'cloud-copy'
  | 'container-copy'
  | 'cmake'
  | 'make'
  | 'npm-settings'
  | 'settings'
  | 'compiler'
  | 'package-install'
  | 'package-place'
  | 'package-run';

/** What is known about a program or one of its subcommands. */
export interface Program {
  /** Options as `optionTable` reads them. */
  readonly options?: string;
  /** Roles of the operands in order; `*` after one repeats it, and roles after that belong to the last operands. */
  readonly operands?: string;
  /** Names of flags whose values are paths below the folder that the first operand names. */
  readonly within?: readonly string[];
  /** Options end at the first operand. */
  readonly stop?: boolean;
  /** Options such as `-name` are whole words. */
  readonly singleDash?: boolean;
  /** Options after whose value everything is an operand. */
  readonly ends?: readonly string[];
  /** By name; a text refers to the subcommand of which this is another name. */
  readonly subcommands?: Readonly<Record<string, Program | string>>;
  /** All leading bare words are subcommands, as in `aws s3 rm`. */
  readonly deep?: boolean;
  /** The beginning of a subcommand's name is enough when no other has it. */
  readonly abbreviates?: boolean;
  readonly handler?: HandlerName;
  /** Asks for the rights of another user. */
  readonly privileged?: boolean;
  /** What it does to the current folder when no operand is given. */
  readonly idle?: 'r' | 'w';
  /** Flags with which it covers everything below its paths; `*` for always. */
  readonly recursive?: readonly string[];
  /** For wrappers: operands before the command that is run. */
  readonly leads?: number;
  /** Operands such as `NAME=value` before the command are environment. */
  readonly assigns?: boolean;
  /** What it runs happens elsewhere: in a container or another root. */
  readonly elsewhere?: boolean;
  /** Operands are mere text, in which a URL means nothing. */
  readonly text?: boolean;
  /** Flags by which it takes the names of files from a list: from what comes in unless the flag has a value. */
  readonly lists?: readonly string[];
  /** Prints nothing. */
  readonly silent?: boolean;
}
