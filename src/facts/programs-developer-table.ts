import { git } from './programs-git.js';
import type { Program } from './programs-program.js';

const runScript: Program = {
  options: 'if-present silent|s workspace|w= workspaces ignore-scripts recursive|r filter|F= parallel',
  stop: true,
};
const npmExec: Program = {
  options: 'package|p=m call|c= yes|y no workspace|w= workspaces',
  stop: true,
  handler: 'package-run',
};
const install: Program = {
  options:
    'save|S save-dev|D|dev save-optional|O save-exact|E|exact save-peer no-save global|g force|f legacy-peer-deps production omit= include= ignore-scripts ' +
    'no-audit audit no-fund dry-run package-lock-only no-package-lock prefer-offline offline registry=u proxy=u https-proxy=u prefix=w workspace|w= workspaces workspace-root ' +
    'frozen-lockfile no-frozen-lockfile prod|P recursive|r filter|F= tag= silent loglevel= optional|O peer ignore-workspace-root-check W cwd=',
  handler: 'package-install',
  operands: 'm*',
};
const node: Program = {
  options:
    'global|g force|f registry=u proxy=u https-proxy=u prefix|C=w workspace|w= workspaces silent|s loglevel= yes|y userconfig=r globalconfig=r script-shell=s filter|F= recursive|r dir=w cwd=w ignore-scripts dry-run json long|l production offline prefer-offline legacy-peer-deps tag= access= otp= otplease scope= parallel',
  subcommands: {
    install,
    i: 'install',
    add: 'install',
    in: 'install',
    isntall: 'install',
    ci: { options: install.options ?? '' },
    'install-test': install,
    it: 'install-test',
    uninstall: { options: 'save|S save-dev|D global|g no-save workspace|w= force|f' },
    un: 'uninstall',
    unlink: 'uninstall',
    remove: 'uninstall',
    rm: 'uninstall',
    r: 'uninstall',
    update: { options: 'global|g latest|L interactive|i save no-save workspace|w= recursive|r depth=' },
    up: 'update',
    upgrade: 'update',
    run: runScript,
    'run-script': 'run',
    rum: 'run',
    test: runScript,
    t: 'test',
    tst: 'test',
    start: runScript,
    stop: runScript,
    restart: runScript,
    exec: npmExec,
    x: 'exec',
    dlx: npmExec,
    create: { stop: true },
    init: { options: 'yes|y force|f scope= workspace|w=', stop: true },
    publish: {
      options: 'tag= access= dry-run otp= registry=u workspace|w= workspaces force|f provenance no-git-checks',
    },
    unpublish: { options: 'force|f dry-run workspace|w=' },
    deprecate: {},
    pack: { options: 'dry-run json pack-destination=w workspace|w=', operands: 'x*' },
    login: { options: 'registry=u scope= auth-type=' },
    logout: { options: 'registry=u scope=' },
    adduser: 'login',
    token: { subcommands: { create: {}, list: {}, revoke: {} } },
    owner: { subcommands: { add: {}, rm: {}, ls: {} } },
    access: { deep: true },
    config: { subcommands: { set: { handler: 'npm-settings' }, get: {}, list: {}, delete: {}, edit: {} } },
    c: 'config',
    set: { handler: 'npm-settings' },
    pkg: { subcommands: { set: { handler: 'npm-settings' }, get: {}, delete: {}, fix: {} } },
    get: {},
    cache: { subcommands: { clean: { options: 'force|f all' }, add: {}, verify: {} } },
    audit: { options: 'fix force|f json audit-level= production omit= registry=u' },
    link: { options: 'global|g' },
    outdated: {},
    ls: { options: 'all|a depth= json global|g' },
    list: 'ls',
    view: {},
    info: 'view',
    why: {},
    version: { options: 'no-git-tag-version allow-same-version preid= message|m= workspace|w=' },
    prune: {},
    dedupe: {},
    rebuild: {},
    'dist-tag': { subcommands: { add: {}, rm: {}, ls: {} } },
    store: { subcommands: { prune: {}, path: {}, status: {} } },
    workspace: { stop: true },
    workspaces: { stop: true },
  },
};

/** yarn's global packages have a subcommand of their own. */
function yarnOf(program: Program): Program {
  const globally: Program = {
    options: 'prefix=w registry=u latest|L',
    subcommands: { add: {}, remove: {}, upgrade: {}, list: {}, bin: {}, dir: {} },
  };
  return { ...program, subcommands: { ...program.subcommands, global: globally, npm: { deep: true } } };
}

const pip: Program = {
  options:
    'quiet|q verbose|v isolated python=r no-cache-dir index-url|i=u trusted-host=h proxy=u cert=r client-cert=r log=w cache-dir= no-input require-virtualenv disable-pip-version-check',
  subcommands: {
    install: {
      options:
        'requirement|r=r constraint|c=r editable|e=m upgrade|U user target|t=w force-reinstall no-deps index-url|i=u extra-index-url=u find-links|f=o trusted-host=h ' +
        'no-index pre break-system-packages no-build-isolation prefix=w root=w dry-run quiet|q ignore-installed|I no-cache-dir no-binary= only-binary= platform= python-version= report=w config-settings|C= upgrade-strategy= src=w proxy=u require-hashes compile no-compile system p|python= no-input progress-bar=',
      operands: 'm*',
    },
    uninstall: { options: 'requirement|r=r yes|y break-system-packages' },
    download: {
      options:
        'requirement|r=r dest|d=w index-url|i=u extra-index-url=u find-links|f=o trusted-host=h proxy=u no-deps platform= python-version= only-binary=',
      operands: 'm*',
    },
    wheel: {
      options: 'requirement|r=r wheel-dir|w=w no-deps index-url|i=u extra-index-url=u find-links|f=o',
      operands: 'm*',
    },
    freeze: { options: 'requirement|r=r local|l user all exclude=' },
    list: { options: 'outdated|o uptodate|u format= local|l user not-required' },
    show: { options: 'files|f' },
    check: {},
    config: { subcommands: { set: { handler: 'settings' }, get: {}, list: {}, unset: {}, edit: {} } },
    cache: { subcommands: { purge: {}, list: {}, dir: {}, info: {}, remove: {} } },
    search: {},
    index: { deep: true },
    inspect: {},
    debug: {},
    hash: { operands: 'r*' },
    compile: { operands: 'r*', options: 'output-file|o=w upgrade|U' },
    sync: { operands: 'r*' },
    tree: {},
  },
};

const cargo: Program = {
  options: 'manifest-path=r config=k color= verbose|v quiet|q locked offline frozen Z= C=',
  subcommands: {
    build: {
      options:
        'release|r package|p= workspace all-features no-default-features features|F= target= target-dir=w bin= lib example= jobs|j= profile= tests manifest-path=r locked offline out-dir=w',
    },
    b: 'build',
    check: { options: 'release|r package|p= workspace all all-features all-targets features|F= target= tests' },
    c: 'check',
    run: { options: 'release|r package|p= bin= example= features|F= target= quiet|q manifest-path=r', stop: true },
    r: 'run',
    test: {
      options: 'release|r package|p= workspace all all-features features|F= lib doc no-run no-fail-fast test= bin=',
      stop: true,
    },
    t: 'test',
    bench: { stop: true },
    clippy: { options: 'fix allow-dirty allow-staged all-targets workspace all-features features|F= package|p=' },
    fmt: { options: 'all check package|p=' },
    install: { options: 'git=o path=r root=w version= force|f locked features|F= branch= tag= rev= registry= index=u' },
    uninstall: { options: 'root=w' },
    publish: { options: 'dry-run|n token= allow-dirty no-verify registry= index=u package|p=' },
    yank: { options: 'version|vers= undo token=' },
    login: {},
    owner: { options: 'add|a= remove|r= list|l' },
    add: { options: 'dev build features|F= git=o path=r optional rename= package|p=' },
    remove: { options: 'dev build' },
    update: { options: 'package|p= aggressive precise= dry-run' },
    clean: { options: 'package|p= release doc target-dir=d' },
    doc: { options: 'open no-deps workspace package|p=' },
    new: { options: 'bin lib name= edition= vcs=', operands: 'w' },
    init: { options: 'bin lib name= edition= vcs=', operands: 'w' },
    fetch: {},
    tree: {},
    search: {},
    nextest: { deep: true },
    watch: { options: 'exec|x= shell|s=s watch|w= clear|c' },
  },
};

const go: Program = {
  singleDash: true,
  options: '-C=',
  subcommands: {
    build: {
      singleDash: true,
      options:
        '-o=w -v -race -tags= -ldflags= -mod= -gcflags= -a -n -x -p= -trimpath -buildmode= -toolexec=s -exec=s -C= -cover -work',
      operands: 'x*',
    },
    run: {
      singleDash: true,
      stop: true,
      options: '-v -race -tags= -ldflags= -mod= -exec=s -toolexec=s -C=',
      operands: 'i m*',
    },
    test: {
      singleDash: true,
      options:
        '-v -race -run= -bench= -count= -cover -coverprofile=w -timeout= -tags= -short -parallel= -exec=s -toolexec=s -benchmem -failfast -json -covermode= -coverpkg= -cpuprofile=w -memprofile=w -o=w -c -p= -fuzz= -fuzztime= -vet= -shuffle= -skip=',
      operands: 'x*',
    },
    generate: { singleDash: true },
    install: { singleDash: true, options: '-v -tags= -ldflags= -toolexec=s', operands: 'i*' },
    get: { singleDash: true, options: '-u -d -t -v', operands: 'i*' },
    mod: { subcommands: { tidy: {}, download: {}, init: {}, vendor: {}, verify: {}, graph: {}, why: {}, edit: {} } },
    vet: { singleDash: true, options: '-vettool=s' },
    fmt: {},
    tool: { deep: true },
    env: { singleDash: true, options: '-w -u -json' },
    clean: { singleDash: true, options: '-cache -modcache -testcache -i -r -n -x' },
    list: { singleDash: true },
    doc: {},
    version: {},
    work: { deep: true },
  },
};

const make: Program = {
  handler: 'make',
  options:
    'file|f|makefile=r directory|C= jobs|j? keep-going|k silent|s|quiet dry-run|n|just-print always-make|B environment-overrides|e ignore-errors|i include-dir|I= question|q touch|t debug? eval=s load-average|l? old-file|o= what-if|W= print-data-base|p no-builtin-rules|r no-builtin-variables|R warn-undefined-variables trace output-sync|O? no-print-directory print-directory|w',
};
const compiler: Program = {
  handler: 'compiler',
  singleDash: true,
  options: '-o=w -c -I= -L= -l= -D= -g -O2 -std= -wrapper= -x= -include=r -MF=w -isystem= -T=r',
  operands: 'r*',
};
const deepNames: Program = { deep: true };
const codeWords: Program = { handler: 'code-words', options: 'eval|e= environment=', operands: 'x*' };

const nixInstallable: Program = {
  options: 'impure c|command= expr=e file|f=r',
  handler: 'package-install',
  operands: 'm*',
};
const ghText: Program = {
  options:
    'body-file|F=r body|b= title|t= repo|R= base|B= head|H= draft|d fill|f label|l= assignee|a= reviewer|r= milestone|m= project|p= web|w template|T= approve comment|c request-changes recover= editor|e add-label= remove-label=',
  operands: 'x*',
};

/** Programs of daily development, by base name. */
export const developerPrograms: Readonly<Record<string, Program>> = {
  git,
  gh: {
    deep: true,
    subcommands: {
      issue: { deep: true, subcommands: { create: ghText, comment: ghText, edit: ghText } },
      pr: {
        deep: true,
        subcommands: { create: { ...ghText, operands: 'x*' }, comment: ghText, edit: ghText, review: ghText },
      },
      gist: {
        deep: true,
        subcommands: {
          create: { options: 'public|p desc|d= filename|f= web|w', operands: 'r*' },
          edit: { options: 'add|a=r', operands: 'x r*' },
        },
      },
      auth: {
        deep: true,
        subcommands: {
          status: { options: 'show-token|t hostname|h= active|a json=' },
          token: { options: 'hostname|h= user|u=' },
        },
      },
    },
    options:
      'repo|R= body|b= title|t= body-file|F=r method|X= field|f= raw-field|F= header|H= input=r hostname=h jq|q= template= limit|L= yes|y web|w json= state|s= label|l= assignee|a= base|B= head|H= draft|d squash merge|m rebase|r delete-branch admin auto confirm visibility= public private',
  },
  glab: { deep: true },
  hub: { deep: true },
  svn: {
    deep: false,
    options: 'message|m= revision|r= username= password= force file|F=r',
    subcommands: {
      checkout: { operands: 'o w' },
      co: 'checkout',
      update: {},
      commit: {},
      ci: 'commit',
      delete: { operands: 'd*' },
      rm: 'delete',
      revert: { operands: 'w*' },
      status: {},
      diff: {},
      log: {},
      add: {},
    },
  },
  hg: {
    abbreviates: true,
    options: 'repository|R= cwd= config= quiet|q verbose|v',
    subcommands: {
      clone: { operands: 'o w' },
      pull: { operands: 'o' },
      push: { options: 'force|f rev|r= branch|b=', operands: 'o' },
      commit: {},
      update: { options: 'clean|C' },
      strip: {},
      purge: { options: 'all' },
    },
  },
  npm: { ...node, abbreviates: true },
  pnpm: node,
  yarn: yarnOf(node),
  lerna: deepNames,
  nx: deepNames,
  turbo: deepNames,
  corepack: deepNames,
  pip,
  uv: {
    options:
      'quiet|q verbose|v no-cache|n cache-dir= project= directory= config-file=r index-url|i=u default-index=u extra-index-url=u find-links|f=o allow-insecure-host=h offline',
    subcommands: {
      pip,
      run: {
        options:
          'with= with-requirements=r module|m= python|p= package= no-project isolated env-file=r extra= group= all-extras frozen locked active no-sync script|s',
        stop: true,
        handler: 'wrapper',
      },
      tool: {
        subcommands: {
          run: { options: 'from=m with=m python|p= isolated', stop: true, handler: 'package-run' },
          install: {},
          uninstall: {},
          list: {},
        },
      },
      x: 'tool',
      add: { options: 'dev group= extra= editable optional= index=u default-index=u requirements|r=r' },
      remove: { options: 'dev group=' },
      sync: { options: 'frozen locked all-extras extra= group= dev no-dev' },
      lock: { options: 'upgrade|U check' },
      venv: { options: 'python|p= seed clear', operands: 'w' },
      python: { subcommands: { install: {}, list: {}, pin: {}, find: {}, uninstall: {} } },
      publish: { options: 'token|t= publish-url=u' },
      build: {},
      init: {},
      cache: { subcommands: { clean: {}, prune: {}, dir: {} } },
      export: {},
      tree: {},
      version: {},
    },
  },
  poetry: {
    options: 'directory|C= quiet|q verbose|v no-interaction|n',
    subcommands: {
      run: { handler: 'wrapper', stop: true },
      install: {},
      add: {},
      remove: {},
      update: {},
      lock: {},
      build: {},
      publish: { options: 'username|u= password|p= repository|r= build dry-run' },
      shell: {},
      show: {},
      env: { deep: true },
      source: { deep: true },
      self: { deep: true },
      config: {},
    },
  },
  pipenv: {
    subcommands: { run: { handler: 'wrapper', stop: true }, install: {}, uninstall: {}, lock: {}, sync: {}, shell: {} },
  },
  pdm: {
    subcommands: { run: { handler: 'wrapper', stop: true }, add: {}, install: {}, remove: {}, update: {}, publish: {} },
  },
  hatch: { subcommands: { run: { handler: 'wrapper', stop: true }, build: {}, publish: {}, env: {} } },
  rye: { subcommands: { run: { handler: 'wrapper', stop: true }, add: {}, sync: {}, publish: {} } },
  tox: { options: 'e= r p? c=r' },
  nox: { options: 's= f=r' },
  pytest: {
    options:
      'k= m= p= c=r x v q s l rootdir= maxfail= lf ff tb= cov? cov-report= n= durations= junitxml=w color= confcutdir= basetemp=w ignore= deselect= W= o=',
    operands: 'x*',
  },
  cargo,
  rustup: deepNames,
  'wasm-pack': {
    subcommands: {
      build: {
        options:
          'target|t= out-dir|d=w out-name= scope|s= mode|m= release dev profiling no-typescript no-pack no-opt weak-refs reference-types',
        operands: 'r m*',
        within: ['--out-dir'],
      },
      test: { options: 'node firefox chrome safari headless release', operands: 'r m*' },
      pack: { operands: 'r' },
      publish: { options: 'target|t= access|a= tag=', operands: 'r' },
      login: { options: 'registry|r=u scope|s= always-auth|a auth-type|t=' },
    },
  },
  mdbook: {
    subcommands: {
      build: { options: 'dest-dir|d=w open|o', operands: 'r', within: ['--dest-dir'] },
      watch: { options: 'dest-dir|d=w open|o', operands: 'r', within: ['--dest-dir'] },
      serve: { options: 'dest-dir|d=w hostname|n= port|p= open|o', operands: 'r', within: ['--dest-dir'] },
      test: { options: 'library-path|L=r chapter|c=', operands: 'r' },
      clean: { options: 'dest-dir|d=d', operands: 'r', within: ['--dest-dir'] },
      init: { options: 'theme force title= ignore=', operands: 'w' },
    },
  },
  rustc: { options: 'o=w L= l= C= edition= crate-type= out-dir=w', operands: 'm*' },
  go,
  gem: {
    subcommands: {
      open: { options: 'editor|e=s version|v=' },
      install: { options: 'version|v= no-document user-install source|s=u install-dir|i=w force|f' },
      uninstall: {},
      push: {},
      yank: {},
      list: {},
      update: {},
      build: {},
      sources: { options: 'add|a=u remove|r=u list|l' },
      exec: { handler: 'wrapper', stop: true },
    },
  },
  bundle: {
    subcommands: {
      exec: { options: 'keep-file-descriptors', handler: 'wrapper', stop: true },
      install: { options: 'path=w without= deployment jobs|j=' },
      update: {},
      add: {},
      config: {},
      clean: {},
    },
  },
  bundler: { subcommands: { exec: { handler: 'wrapper', stop: true }, install: {} } },
  rake: { options: 'f=r e=e p=e E=e r=r T P N q s v t' },
  rails: { deep: true, subcommands: { runner: codeWords, r: 'runner' } },
  composer: {
    subcommands: {
      install: {},
      update: {},
      require: {},
      remove: {},
      exec: { handler: 'wrapper', stop: true },
      global: deepNames,
      'run-script': {},
      run: 'run-script',
      'create-project': {},
      config: {},
      'dump-autoload': {},
    },
  },
  artisan: deepNames,
  mvn: { options: 'f=r file=r D=k P= pl= am q B o U X e s=r T= DskipTests', operands: 'x*', singleDash: true },
  mvnw: { options: 'f=r D=k P= pl= am q B o U s=r', operands: 'x*', singleDash: true },
  gradle: {
    options:
      'p= b=r c=r I=r x= q i d s D=k P= no-daemon stacktrace info parallel build-cache rerun-tasks init-script=r',
    operands: 'x*',
  },
  gradlew: { options: 'p= b=r x= q i d s D=k P= no-daemon stacktrace info parallel', operands: 'x*' },
  ant: { options: 'f=r buildfile=r D=', operands: 'x*', singleDash: true },
  sbt: { operands: 'x*' },
  bazel: { deep: true, operands: 'x*' },
  cmake: {
    options:
      'E S= B=w G= D= build=a P=r install=w target= j? prefix= config= preset= U= N A= T= C=r toolchain=r parallel? clean-first verbose',
    operands: 'r*',
    ends: ['-E'],
    handler: 'cmake',
  },
  ctest: { options: 'R= E= V j= output-on-failure test-dir= C=', operands: 'x*' },
  ninja: { options: 'C= f=r j= k= l= n v t= d=', operands: 'x*' },
  meson: { deep: true },
  make,
  gmake: make,
  just: {
    options: 'justfile|f=r working-directory|d= set list|l command|c=s shell=s shell-arg= dry-run|n',
    operands: 'x*',
  },
  task: { options: 'taskfile|t=r dir|d= list|l parallel|p', operands: 'x*' },
  gcc: compiler,
  'g++': compiler,
  cc: compiler,
  'c++': compiler,
  clang: compiler,
  'clang++': compiler,
  ld: compiler,
  tsc: {
    options:
      'p|project=r noEmit w|watch b|build outDir=w outFile=w declaration init target= module= strict skipLibCheck incremental pretty lib= jsx= listFiles rootDir=',
    operands: 'r*',
    singleDash: false,
  },
  eslint: {
    options:
      'fix ext= config|c=r ignore-pattern= max-warnings= format|f= output-file|o=w cache cache-location=w quiet no-eslintrc rule= plugin= rulesdir=r resolve-plugins-relative-to=r fix-dry-run debug stdin',
    operands: 'r*',
  },
  prettier: {
    options:
      'write|w check|c list-different|l config=r ignore-path=r parser= plugin=r log-level= cache no-config stdin-filepath=',
    operands: 'a*',
  },
  biome: {
    deep: false,
    options: 'write apply config-path=r',
    subcommands: {
      check: { options: 'write fix unsafe apply config-path=r' },
      format: { options: 'write' },
      lint: { options: 'write fix' },
      ci: {},
    },
  },
  black: {
    options: 'check diff line-length|l= quiet|q verbose|v config=r exclude= include= target-version|t= code|c= fast',
    operands: 'a*',
  },
  ruff: {
    subcommands: {
      check: {
        options: 'fix unsafe-fixes config=r select= ignore= watch diff statistics output-file=w exclude=',
        operands: 'a*',
      },
      format: { options: 'check diff config=r line-length=', operands: 'a*' },
      rule: {},
      clean: {},
    },
  },
  isort: { options: 'check|c check-only diff profile=', operands: 'a*' },
  flake8: { operands: 'r*' },
  pylint: { operands: 'r*', options: 'rcfile=r disable|d= enable|e= output-format= jobs|j= load-plugins= init-hook=e' },
  mypy: { operands: 'r*', options: 'config-file=r ignore-missing-imports strict package|p= module|m= command|c=' },
  pyright: { operands: 'r*' },
  gofmt: { options: 'l w d s r= e', operands: 'a*', singleDash: true },
  rustfmt: { options: 'check edition= config=', operands: 'a*' },
  shellcheck: { options: 's= e= f= x S= a', operands: 'r*' },
  jest: {
    options:
      't|testNamePattern= watch coverage u|updateSnapshot config|c=r runInBand|i verbose silent testPathPattern= maxWorkers|w= bail json outputFile=w env= globalSetup=r',
    operands: 'x*',
  },
  vitest: {
    options:
      't|testNamePattern= u|update coverage config|c=r reporter= outputFile=w watch|w run ui root= dir= project=',
    operands: 'x*',
  },
  mocha: { options: 'g|grep= r|require=r t|timeout= R|reporter= w|watch b|bail config=r spec=r', operands: 'x*' },
  playwright: deepNames,
  cypress: deepNames,
  webpack: { options: 'config|c=r mode= watch|w output-path|o=w', operands: 'x*' },
  vite: deepNames,
  next: deepNames,
  esbuild: {
    options:
      'bundle outfile=w outdir=w minify sourcemap? format= platform= target= external= watch? serve? loader= define=',
    operands: 'r*',
  },
  terraform: {
    singleDash: true,
    options: '-chdir= -version -help',
    subcommands: {
      init: {
        singleDash: true,
        options:
          '-upgrade -reconfigure -migrate-state -backend= -backend-config= -input= -from-module=o -get= -plugin-dir=r',
      },
      plan: {
        singleDash: true,
        options:
          '-out=w -var= -var-file=r -target= -destroy -refresh= -input= -lock= -detailed-exitcode -refresh-only -state=r -no-color -parallelism=',
      },
      apply: {
        singleDash: true,
        options:
          '-auto-approve -var= -var-file=r -target= -destroy -refresh= -input= -lock= -replace= -parallelism= -state=a -backup=w -no-color -refresh-only',
        operands: 'r',
      },
      destroy: {
        singleDash: true,
        options: '-auto-approve -force+auto-approve -var= -var-file=r -target= -refresh= -lock= -parallelism=',
      },
      state: {
        subcommands: {
          rm: { singleDash: true },
          mv: { singleDash: true },
          list: {},
          show: {},
          pull: {},
          push: { singleDash: true, options: '-force', operands: 'r' },
          'replace-provider': {},
        },
      },
      import: { singleDash: true, options: '-var= -var-file=r' },
      taint: {},
      untaint: {},
      output: { singleDash: true, options: '-json -raw' },
      validate: {},
      fmt: { singleDash: true, options: '-recursive -check -diff -write=', operands: 'a*' },
      workspace: {
        subcommands: { select: {}, new: {}, delete: { singleDash: true, options: '-force' }, list: {}, show: {} },
      },
      providers: deepNames,
      show: { singleDash: true, options: '-json -no-color', operands: 'r' },
      graph: {},
      console: {},
      refresh: {},
      'force-unlock': { singleDash: true, options: '-force' },
      login: {},
      logout: {},
      get: {},
      test: {},
    },
  },
  pulumi: { options: 'stack|s= yes|y cwd|C= non-interactive', deep: true },
  ansible: {
    options:
      'i|inventory=r m|module-name= a|args=s b|become u|user= k K e|extra-vars= f|forks= l|limit= c|connection= C|check private-key=r vault-password-file=r become-password-file=r M|module-path=r playbook-dir=r',
    operands: 'x',
  },
  'ansible-inventory': {
    options:
      'i|inventory=r list graph host= vars export output=w y|yaml toml e|extra-vars= l|limit= playbook-dir=r vault-password-file=r',
    operands: 'x',
  },
  'ansible-playbook': {
    options:
      'i|inventory=r b|become u|user= k K e|extra-vars= f|forks= l|limit= c|connection= C|check D|diff t|tags= skip-tags= private-key=r vault-password-file=r become-password-file=r M|module-path=r v',
    operands: 'r*',
  },
  vagrant: {
    subcommands: {
      ssh: { options: 'c|command=s', handler: 'shell-text', elsewhere: true },
      up: {},
      destroy: { options: 'force|f' },
      halt: {},
      reload: {},
      provision: {},
      box: deepNames,
    },
  },
  packer: deepNames,
  alembic: deepNames,
  aliyun: deepNames,
  amplify: deepNames,
  cdk: deepNames,
  cdktf: deepNames,
  cf: deepNames,
  changeset: deepNames,
  cockroach: deepNames,
  diesel: deepNames,
  dokku: deepNames,
  'drizzle-kit': deepNames,
  eb: deepNames,
  etcdctl: { deep: true, options: 'endpoints=u cacert= cert=r key=r user= password=' },
  flask: deepNames,
  flit: deepNames,
  flux: deepNames,
  goreleaser: deepNames,
  hasura: deepNames,
  ibmcloud: deepNames,
  influx: { deep: true, options: 'host=u token= org=' },
  istioctl: deepNames,
  jj: deepNames,
  jsr: deepNames,
  kamal: deepNames,
  knex: deepNames,
  maturin: deepNames,
  'mikro-orm': deepNames,
  mix: { deep: true, subcommands: { eval: codeWords, run: { ...codeWords, operands: 'm*' } } },
  oci: deepNames,
  ovhai: deepNames,
  platform: deepNames,
  pod: deepNames,
  prisma: deepNames,
  railway: deepNames,
  'release-it': deepNames,
  render: deepNames,
  sam: deepNames,
  scw: deepNames,
  'semantic-release': deepNames,
  sequelize: deepNames,
  'sequelize-cli': deepNames,
  serverless: deepNames,
  skaffold: deepNames,
  sls: deepNames,
  databricks: deepNames,
  snyk: deepNames,
  tsh: deepNames,
  boundary: deepNames,
  sf: deepNames,
  step: deepNames,
  sqlx: deepNames,
  stripe: deepNames,
  twilio: deepNames,
  p4: deepNames,
  eas: deepNames,
  sst: deepNames,

  terragrunt: deepNames,
  tilt: deepNames,
  typeorm: deepNames,
  upsun: deepNames,
  velero: deepNames,
  nix: {
    subcommands: {
      run: nixInstallable,
      shell: nixInstallable,
      develop: nixInstallable,
      build: nixInstallable,
      profile: { deep: true },
      flake: { deep: true },
    },
  },
};
