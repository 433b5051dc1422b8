import type { HandlerName } from './programs-program.js';
import type { Handler } from './shell-call.js';
import { containerCopy, docker, kubectlExec } from './shell-handlers-containers.js';
import { dropdb, scripts, sql } from './shell-handlers-database.js';
import { chmod, copy, dd, editor, sysctl, tar, tee, unzip, zip } from './shell-handlers-files.js';
import { awk, jq, sed } from './shell-handlers-filters.js';
import { aroundGit, gitSubcommand, gitUnlisted } from './shell-handlers-git.js';
import {
  at,
  codeWords,
  compiler,
  crontab,
  interpreter,
  make,
  npmSettings,
  runsCode,
  shell,
} from './shell-handlers-interpreters.js';
import { parallel, xargs } from './shell-handlers-items.js';
import { cloudCopy, curl, httpie, keygen, netcat, rsync, socat, ssh, wget } from './shell-handlers-network.js';
import { fd, find } from './shell-handlers-search.js';
import {
  cmake,
  env,
  environment,
  packageInstall,
  packagePlace,
  packageRun,
  shellText,
  su,
  watch,
  wrapper,
} from './shell-handlers-wrappers.js';
import { settings } from './shell-hosts.js';

/** git alone shows its help; its subcommands are read elsewhere. */
const nothingMore: Handler = () => undefined;

const table: Readonly<Record<HandlerName, Handler>> = {
  interpreter,
  shell,
  wrapper,
  xargs,
  parallel,
  find,
  fd,
  copy,
  dd,
  sed,
  awk,
  jq,
  tar,
  unzip,
  zip,
  chmod,
  git: nothingMore,
  curl,
  httpie,
  wget,
  netcat,
  socat,
  ssh,
  keygen,
  rsync,
  editor,
  docker,
  'kubectl-exec': kubectlExec,
  su,
  env,
  environment,
  watch,
  'shell-text': shellText,
  tee,
  crontab,
  at,
  sql,
  dropdb,
  scripts,
  sysctl,
  'runs-code': runsCode,
  'code-words': codeWords,
  'npm-settings': npmSettings,
  settings,
  compiler,
  make,
  'cloud-copy': cloudCopy,
  'container-copy': containerCopy,
  cmake,
  'package-install': packageInstall,
  'package-place': packagePlace,
  'package-run': packageRun,
};

/** The readers of programs that a table row cannot describe. */
export const handlers = { table, aroundGit, gitSubcommand, gitUnlisted };
