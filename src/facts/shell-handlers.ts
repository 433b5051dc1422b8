import type { HandlerName } from './programs-program.js';
import type { Handler } from './shell-call.js';
import { awk, chmod, copy, dd, editor, fd, find, sed, tar, tee, unzip } from './shell-handlers-files.js';
import { aroundGit, gitSubcommand, gitUnlisted } from './shell-handlers-git.js';
import {
  containerCopy,
  curl,
  docker,
  kubectlExec,
  netcat,
  rsync,
  socat,
  sql,
  ssh,
  wget,
} from './shell-handlers-network.js';
import {
  at,
  cmake,
  crontab,
  env,
  interpreter,
  make,
  packageRun,
  parallel,
  runsCode,
  shell,
  shellText,
  su,
  watch,
  wrapper,
  xargs,
} from './shell-handlers-wrappers.js';

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
  tar,
  unzip,
  chmod,
  git: nothingMore,
  curl,
  wget,
  netcat,
  socat,
  ssh,
  rsync,
  editor,
  docker,
  'kubectl-exec': kubectlExec,
  su,
  env,
  watch,
  'shell-text': shellText,
  tee,
  crontab,
  at,
  sql,
  'runs-code': runsCode,
  make,
  'container-copy': containerCopy,
  cmake,
  'package-run': packageRun,
};

/** The readers of programs that a table row cannot describe. */
export const handlers = { table, aroundGit, gitSubcommand, gitUnlisted };
