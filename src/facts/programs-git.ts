import type { Program } from './programs-program.js';

const quiet = 'quiet|q verbose|v';
const paths: Program = { operands: 'x*' };
const diff =
  'patch|p|u stat? name-only name-status cached staged no-index numstat shortstat word-diff? color? no-color no-ext-diff ext-diff ' +
  'ignore-all-space|w ignore-space-change|b unified|U= diff-filter= exit-code quiet|q raw text|a binary output=w find-renames|M? ' +
  'pickaxe-all -S= -G= relative? textconv no-textconv no-renames summary check merge-base';
const log = `${diff} oneline graph all decorate? max-count|n= since= after= until= before= author= committer= grep= follow pretty? format= reverse abbrev-commit first-parent no-merges merges -L= date= tags? branches? remotes? show-signature walk-reflogs|g left-right cherry-pick topo-order skip= i|regexp-ignore-case E`;
const merge =
  'no-commit no-edit edit|e no-ff ff-only ff squash strategy|s= strategy-option|X= message|m= abort continue quit allow-unrelated-histories no-verify signoff autostash gpg-sign|S? stat no-stat|n file|F=r rerere-autoupdate verify-signatures';
const fetch =
  'all append|a depth= deepen= shallow-since= unshallow force|f keep|k prune|p prune-tags|P tags|t no-tags|n upload-pack=s recurse-submodules? jobs|j= set-upstream dry-run atomic refmap= progress quiet|q verbose|v 4 6 multiple update-head-ok|u server-option|o= refetch';

const stash: Program = {
  options: `${quiet} patch|p keep-index|k no-keep-index include-untracked|u all|a message|m= pathspec-from-file=r staged|S index`,
  subcommands: {
    push: {
      options: `${quiet} patch|p keep-index|k no-keep-index include-untracked|u all|a message|m= pathspec-from-file=r staged|S`,
    },
    save: { options: `${quiet} patch|p keep-index|k include-untracked|u all|a` },
    pop: { options: `${quiet} index` },
    apply: { options: `${quiet} index` },
    drop: { options: quiet },
    clear: {},
    list: { options: log },
    show: { options: diff },
    branch: {},
    create: {},
    store: { options: `${quiet} message|m=` },
  },
};

/** Subcommands of git. */
const gitSubcommands: Readonly<Record<string, Program | string>> = {
  add: {
    options: `${quiet} all|A|no-ignore-removal update|u force|f patch|p interactive|i edit|e dry-run|n intent-to-add|N refresh ignore-errors chmod= pathspec-from-file=r sparse renormalize`,
    operands: 'x*',
  },
  am: {
    options:
      'signoff|s keep|k continue skip abort quit 3way|3 directory= exclude= include= p= gpg-sign|S? message-id|m',
    operands: 'r*',
  },
  apply: {
    options:
      'stat check index cached 3way|3 reverse|R p= directory= exclude= include= reject unsafe-paths whitespace= verbose|v apply unidiff-zero recount C= numstat summary',
    operands: 'r*',
  },
  archive: { options: 'format= output|o=w prefix= remote=o exec=s list|l verbose|v 0 9', operands: 'x*' },
  bisect: {
    subcommands: {
      run: { handler: 'wrapper', stop: true },
      start: paths,
      good: paths,
      bad: paths,
      reset: paths,
      skip: paths,
      log: paths,
      replay: { operands: 'r' },
      view: paths,
    },
  },
  blame: {
    options:
      'L= w M? C? p porcelain show-email|e s b root date= reverse since= contents=r ignore-rev= ignore-revs-file=r',
    operands: 'x*',
  },
  branch: {
    options:
      'delete|d D+delete+force move|m M+move+force copy|c C+copy+force force|f all|a remotes|r list|l verbose|v quiet|q set-upstream-to|u= unset-upstream track|t? no-track merged? no-merged? contains? no-contains? points-at? sort= format= show-current edit-description color? no-color ignore-case|i column? create-reflog abbrev?',
  },
  bundle: paths,
  'cat-file': { options: 't s e p batch? batch-check? textconv filters path=', operands: 'x*' },
  'check-ignore': { options: 'quiet|q verbose|v stdin z non-matching|n no-index', operands: 'x*' },
  checkout: {
    options:
      'force|f quiet|q b= B= track|t? no-track ours|2 theirs|3 merge|m conflict= patch|p detach|d orphan= ignore-skip-worktree-bits overwrite-ignore recurse-submodules no-guess guess pathspec-from-file=r l progress no-progress overlay no-overlay ignore-other-worktrees',
  },
  credential: { subcommands: { fill: {}, approve: {}, reject: {} } },
  'cherry-pick': {
    options:
      'edit|e x no-commit|n signoff|s mainline|m= strategy= strategy-option|X= continue skip abort quit allow-empty keep-redundant-commits ff gpg-sign|S?',
    operands: 'x*',
  },
  clean: { options: 'd force|f interactive|i dry-run|n quiet|q exclude|e= x X' },
  clone: {
    options:
      'depth= branch|b= recurse-submodules|recursive? single-branch no-single-branch no-checkout|n bare mirror origin|o= quiet|q verbose|v progress template=r config|c= shared|s ' +
      'reference=r local|l no-hardlinks upload-pack|u=s jobs|j= filter= sparse shallow-submodules shallow-since= shallow-exclude= separate-git-dir=w no-tags dissociate also-filter-submodules remote-submodules',
    operands: 'o w',
  },
  commit: {
    options:
      'all|a patch|p message|m= amend no-edit no-verify|n verify signoff|s file|F=r reuse-message|C= reedit-message|c= fixup= squash= reset-author ' +
      'author= date= template|t=r edit|e cleanup= quiet|q verbose|v dry-run allow-empty allow-empty-message include|i only|o gpg-sign|S? no-gpg-sign ' +
      'short porcelain long status no-status untracked-files|u? branch trailer= pathspec-from-file=r no-post-rewrite',
    operands: 'x*',
  },
  config: {
    options:
      'global system local worktree file|f=a blob= get get-all get-regexp get-urlmatch list|l add unset unset-all replace-all rename-section remove-section edit|e type= bool int path null|z show-origin show-scope name-only default= includes no-includes',
  },
  describe: {
    options: 'all tags long abbrev? dirty? always match= exclude= contains candidates= exact-match first-parent',
    operands: 'x*',
  },
  diff: { options: diff, operands: 'x*' },
  difftool: { options: `${diff} tool|t= no-prompt|y dir-diff|d extcmd|x=s gui|g`, operands: 'x*' },
  fetch: { options: fetch },
  'filter-branch': {
    options:
      'force|f tree-filter=s index-filter=s msg-filter=s env-filter=s commit-filter=s parent-filter=s tag-name-filter=s subdirectory-filter= setup=s prune-empty original= d= state-branch=',
  },
  'filter-repo': {
    options:
      'force|f path= path-glob= invert-paths replace-text=r analyze message-callback=e blob-callback=e commit-callback=e filename-callback=e refs= source= target=',
  },
  'for-each-ref': { options: 'format= sort= count= points-at= merged? contains? shell perl', operands: 'x*' },
  'format-patch': {
    options: `${diff} output-directory|o=w numbered|n start-number= cover-letter stdout subject-prefix= signoff|s attach? inline? to= cc=`,
    operands: 'x*',
  },
  fsck: {
    options: 'full strict unreachable lost-found no-dangling verbose progress cache connectivity-only name-objects',
  },
  gc: { options: 'aggressive auto prune? no-prune quiet|q force keep-largest-pack' },
  grep: {
    options:
      'e= f=r i|ignore-case w|word-regexp v l|name-only n|line-number c|count E F P G h H A= B= C= cached untracked no-index recurse-submodules max-depth= color? q open-files-in-pager|O?s p|show-function W heading break o and or not',
    operands: 'x*',
  },
  init: {
    options: 'bare quiet|q template=r initial-branch|b= shared? separate-git-dir=w object-format=',
    operands: 'w',
  },
  log: { options: log, operands: 'x*' },
  'ls-files': {
    options:
      'cached|c deleted|d modified|m others|o ignored|i stage|s unmerged|u directory z|null exclude|x= exclude-from|X=r exclude-standard error-unmatch full-name t v',
    operands: 'x*',
  },
  'ls-remote': {
    options: 'heads|h tags|t refs quiet|q exit-code upload-pack=s get-url symref sort= server-option|o=',
    operands: 'o x*',
  },
  'ls-tree': { options: 'r t d z l|long name-only name-status full-name full-tree abbrev?', operands: 'x*' },
  maintenance: { subcommands: { run: paths, start: paths, stop: paths, register: paths, unregister: paths } },
  merge: { options: merge, operands: 'x*' },
  'merge-base': paths,
  mergetool: { options: 'tool|t= no-prompt|y gui|g O=', operands: 'x*' },
  mv: { options: 'force|f k dry-run|n verbose|v' },
  notes: {
    subcommands: {
      add: { options: 'force|f message|m= file|F=r reuse-message|C=' },
      append: { options: 'message|m= file|F=r' },
      list: {},
      show: {},
      remove: {},
      edit: {},
      copy: {},
      prune: {},
      merge: {},
    },
  },
  prune: { options: 'dry-run|n verbose|v expire= progress' },
  pull: { options: `${merge} ${fetch} rebase|r? no-rebase` },
  push: {
    options:
      'force|f force-with-lease? force-if-includes delete|d all|branches mirror tags follow-tags no-verify verify set-upstream|u dry-run|n quiet|q verbose|v ' +
      'prune atomic signed? push-option|o= receive-pack|exec=s repo=o porcelain progress recurse-submodules= thin no-thin no-force-with-lease 4 6',
  },
  'range-diff': { options: diff, operands: 'x*' },
  rebase: {
    options:
      'interactive|i onto= exec|x=s continue skip abort quit edit-todo force-rebase|f|no-ff autosquash autostash no-autostash preserve-merges|p rebase-merges|r? root strategy|s= strategy-option|X= no-verify quiet|q verbose|v keep-empty empty= update-refs signoff gpg-sign|S? committer-date-is-author-date no-autosquash fork-point stat n|no-stat',
    operands: 'x*',
  },
  reflog: {
    subcommands: {
      show: { options: log },
      expire: { options: 'expire= expire-unreachable= all updateref rewrite stale-fix dry-run|n verbose' },
      delete: { options: 'rewrite updateref dry-run|n' },
      exists: {},
    },
  },
  remote: {
    options: 'verbose|v',
    subcommands: {
      add: { options: 't= m= fetch|f tags no-tags mirror?', operands: 'x o' },
      remove: {},
      rm: 'remove',
      rename: {},
      'set-url': { options: 'add delete push', operands: 'x o o' },
      'get-url': { options: 'push all' },
      show: { options: 'n' },
      update: { options: 'prune|p' },
      prune: { options: 'dry-run|n' },
      'set-head': { options: 'auto|a delete|d' },
      'set-branches': { options: 'add' },
    },
  },
  repack: { options: 'a A d f F l q n window= depth=' },
  reset: {
    options:
      'hard soft mixed merge keep patch|p quiet|q intent-to-add|N recurse-submodules pathspec-from-file=r no-refresh',
  },
  restore: {
    options:
      'source|s= staged|S worktree|W patch|p ours theirs merge|m conflict= quiet|q progress ignore-unmerged overlay no-overlay recurse-submodules pathspec-from-file=r',
  },
  revert: {
    options: 'edit|e no-edit no-commit|n signoff|s mainline|m= continue skip abort quit strategy= gpg-sign|S?',
    operands: 'x*',
  },
  'rev-list': { options: log, operands: 'x*' },
  'rev-parse': { operands: 'x*' },
  rm: { options: 'force|f r cached dry-run|n quiet|q ignore-unmatch sparse pathspec-from-file=r' },
  'send-pack': { options: 'force all mirror dry-run verbose receive-pack|exec=s stdin atomic thin', operands: 'o x*' },
  'send-email': {
    options: 'to= cc= bcc= from= subject= smtp-server=h sendmail-cmd=s annotate compose suppress-cc= dry-run',
    operands: 'r*',
  },
  shortlog: { options: 'numbered|n summary|s email|e group= all since= until=', operands: 'x*' },
  show: { options: log, operands: 'x*' },
  'show-ref': { options: 'head heads tags verify|s hash? quiet|q dereference|d exclude-existing?', operands: 'x*' },
  'sparse-checkout': {
    subcommands: { set: paths, add: paths, list: paths, disable: paths, init: paths, reapply: paths },
  },
  stash,
  status: {
    options:
      'short|s branch|b porcelain? long verbose|v untracked-files|u? ignored? z column? no-column renames no-renames ignore-submodules? show-stash ahead-behind',
    operands: 'x*',
  },
  submodule: {
    options: 'quiet cached',
    subcommands: {
      add: { options: 'b= force|f name= reference=r depth=', operands: 'o w' },
      foreach: { options: 'recursive quiet|q', stop: true, handler: 'shell-text' },
      update: {
        options:
          'init remote recursive force|f no-fetch checkout rebase merge depth= jobs|j= reference=r single-branch recommend-shallow',
      },
      init: {},
      deinit: { options: 'force|f all' },
      status: { options: 'cached recursive' },
      summary: {},
      sync: { options: 'recursive' },
      'set-url': { operands: 'x o' },
      'set-branch': { options: 'branch|b= default|d' },
      absorbgitdirs: {},
    },
  },
  switch: {
    options:
      'create|c= force-create|C= detach|d guess no-guess discard-changes|force|f merge|m conflict= quiet|q track|t? no-track orphan= ignore-other-worktrees recurse-submodules',
    operands: 'x*',
  },
  'symbolic-ref': { options: 'quiet|q short delete|d m=', operands: 'x*' },
  tag: {
    options:
      'annotate|a sign|s local-user|u= force|f delete|d verify|v list|l message|m= file|F=r n? sort= contains? no-contains? merged? points-at? format= cleanup= create-reflog column? ignore-case|i color?',
    operands: 'x*',
  },
  'update-index': {
    options:
      'add remove refresh really-refresh assume-unchanged no-assume-unchanged skip-worktree no-skip-worktree chmod= cacheinfo= force-remove q|quiet index-info stdin',
    operands: 'x*',
  },
  'update-ref': { options: 'd m= no-deref stdin z create-reflog', operands: 'x*' },
  'verify-commit': paths,
  'verify-tag': paths,
  whatchanged: { options: log, operands: 'x*' },
  worktree: {
    subcommands: {
      add: {
        options: 'force|f b= B= detach|d checkout no-checkout lock track quiet|q orphan guess-remote reason=',
        operands: 'w x',
      },
      list: { options: 'porcelain verbose|v z' },
      remove: { options: 'force|f', operands: 'd' },
      move: { options: 'force|f', operands: 'd w' },
      prune: { options: 'dry-run|n verbose|v expire=' },
      lock: {},
      unlock: {},
      repair: {},
    },
  },
  'write-tree': paths,
  lfs: { deep: true },
  flow: { deep: true },
  svn: { deep: true },
};

/** git with the options that come before the subcommand. */
export const git: Program = {
  options:
    '-C= c= git-dir= work-tree= exec-path? namespace= super-prefix= no-pager paginate|p bare no-replace-objects literal-pathspecs ' +
    'config-env= version|v help|h html-path man-path info-path list-cmds= no-optional-locks glob-pathspecs noglob-pathspecs icase-pathspecs attr-source=',
  subcommands: gitSubcommands,
  handler: 'git',
};
