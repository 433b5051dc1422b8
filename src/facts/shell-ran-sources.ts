import { contentOfFile, runShellText } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { liesInFetched } from './shell-foreign.js';
import { type Machine, noInput, spend, writtenHere } from './shell-machine.js';
import { type Field, type Output, plainField, sliceField } from './shell-values.js';
import { harmOfSource } from './source-harm.js';

/** By programs: the source files that they run, or build to be run, when they find them in the folder of the work. */
const families: readonly (readonly [programs: string, files: RegExp])[] = [
  ['go', /\.go$/],
  ['cargo rustc rust-script', /\.rs$/],
  ['mvn mvnw gradle gradlew java javac ant jbang', /\.(?:java|kts?|groovy|gradle)$/],
  ['kotlin kotlinc', /\.kts?$/],
  ['scala scala-cli scalac sbt amm mill', /\.(?:scala|sc)$/],
  ['dotnet csi', /\.(?:csx?|fsx?|vb|csproj|fsproj|targets|props)$/],
  ['swift swiftc xcodebuild', /\.swift$/],
  ['dart flutter', /\.dart$/],
  ['make gmake ctest ninja meson gcc g++ cc c++ clang clang++ tcc', /\.(?:c|cc|cpp|cxx|h|hpp)$/],
  ['cmake', /(?:\.(?:c|cc|cpp|cxx|h|hpp|cmake)|\/CMakeLists\.txt)$/],
  ['zig', /\.zig$/],
  ['nim nimble', /\.nim$/],
  ['crystal shards', /\.cr$/],
  ['stack cabal ghc runghc runhaskell', /\.hs$/],
  ['dune ocaml', /\.ml$/],
  ['rebar3 erl escript', /\.erl$/],
  ['mix elixir iex', /\.exs?$/],
  ['lein clojure clj bb', /\.clj[cs]?$/],
  ['php composer phpunit pest artisan', /\.php$/],
  ['ruby rake rspec bundle rails irb', /(?:\.(?:rb|rake|gemspec)|(?:^|\/)(?:[Rr]ake|Gem)file)$/],
  ['prove', /\.(?:t|pl|pm)$/],
  ['lua luajit busted nvim vim', /\.(?:lua|vim)$/],
  ['terraform tofu terragrunt', /\.tf$/],
  ['R Rscript', /\.(?:[Rr]|Rprofile)$/],
  ['julia', /\.jl$/],
  ['python pypy ipython pytest pip uv tox nox poetry hatch pdm pipenv django-admin celery', /\.(?:py|pth)$/],
  [
    `node npm pnpm yarn bun bunx npx deno tsx ts-node jest vitest mocha ava playwright cypress eslint webpack vite next nuxt astro
    rollup babel gulp grunt postcss tailwindcss prettier stylelint expo metro nx turbo tsup esbuild parcel ng react-scripts storybook`,
    /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
  ],
];
const filesOf = new Map(families.flatMap(([programs, files]) => programs.split(/\s+/).map((name) => [name, files])));

/** Other programs that run the source files that they are given by name. */
const others = new Set(
  `nodemon zx vite-node pnpx julia R Rscript littler groovy groovyc erlc php lua luajit texlua tclsh wish expect raku perl6 perl
  just task bmake jshell octave octave-cli matlab ruby jruby pypy ipython scons waf pipx conda marimo streamlit jupyter papermill
  ghci utop racket guile sbcl clisp emacs v rdmd dmd ldc2 dub swipl nix-shell nix-build nix gfortran fpc instantfpc fbc wasmtime
  wasmer gnuplot awk gawk mawk sed haxe wine mono bats shellspec vim nvim locust k6 invoke fab osascript`.split(/\s+/),
);
const sourceName =
  /\.(?:dart|[cm]?[jt]sx?|go|swift|kts?|scala|sc|jl|[Rr]|groovy|gradle|exs?|erl|nim|cr|zig|php|phar|lua|tcl|exp|raku|p6|pl|pm|t|mk|just|java|jar|csx?|fsx?|vb|rs|m|rb|rake|pyc?|pyz|ipynb|l?hs|ml|clj[cs]?|rkt|scm|lisp|el|v|d|pro|c|cc|cpp|cxx|f|f90|f95|bas|pas|wasm|vim|gp|hx|exe|dll|nix|sh|bash|bats)$/;
/** Programs that are told by an option which file of tasks or of a build they run, whatever its name. */
const tasks = new Set(
  'make gmake bmake just task rake gradle gradlew mvn mvnw cargo nox scons dub awk gawk mawk sed'.split(' '),
);
const taskFlag =
  /^(?:-f|-b|-t|-I|--(?:file|makefile|justfile|rakefile|taskfile|build-file|init-script|manifest-path|noxfile|settings-file))$/;
/** Words with which they only look at what they are given. */
const looks =
  /^(?:fmt|format|lint|vet|doc|docs|analyze|analyse|check|tidy|list|help|version|info|metadata|tool|--check|--syntax-check|--syntax-only|-fsyntax-only|--noEmit|--version|--help)$/;

/** Records what a program runs or builds that the same command fetched, or wrote itself and that gives away or destroys. */
export function noteRanSources({ machine, name, fields }: Call): void {
  if (machine.files.size === 0 || machine.running.has(mark)) return;
  const files = filesOf.get(name);
  if ((files === undefined && !others.has(name)) || fields.slice(1, 3).some(({ text }) => looks.test(text))) return;
  for (let i = 1; i < fields.length; i++) {
    const field = fields[i];
    if (field === undefined || field.unknown !== undefined || field.text.length > 4096) continue;
    const equals = field.text.startsWith('-') ? field.text.indexOf('=') : -1;
    const word = equals < 0 ? field : sliceField(field, equals + 1);
    const flag = equals < 0 ? (fields[i - 1]?.text ?? '') : field.text.slice(0, equals);
    if (sourceName.test(word.text) || (tasks.has(name) && taskFlag.test(flag))) noteRan(machine, word);
  }
  if (files === undefined) return;
  for (const [path, { content }] of writtenHere(machine)) {
    if (!files.test(path)) continue;
    if (content?.fetched === true && fields.some((field, i) => i > 0 && isStem(path, field.text)))
      machine.findings.reasons.add('script-from-network');
    readSource(machine, content);
  }
}

/** Whether a word names a file without its ending, as modules and classes are named. */
function isStem(path: string, word: string): boolean {
  const name = word
    .replace(/^\.\//, '')
    .replace(/\.exe$/, '')
    .replaceAll('.', '/');
  const start = path.slice(0, path.lastIndexOf('.'));
  return /^[\w-][\w/-]{0,127}$/.test(name) && (start === name || start.endsWith(`/${name}`));
}

function noteRan(machine: Machine, file: Field): void {
  const content = contentOfFile(machine, file);
  if (liesInFetched(machine, file)) machine.findings.reasons.add('script-from-network');
  if (content === undefined) return;
  if (content.fetched) machine.findings.reasons.add('script-from-network');
  if (content.decoded) machine.findings.reasons.add('decoded-into-interpreter');
  readSource(machine, content);
}

/** Longer texts are not read. */
const longestText = 65_536;
/** Command lines that code hands to a shell. */
const commandLines = [
  /\b(?:os\.(?:system|popen)|subprocess\.\w+|exec(?:Sync|Command(?:Sync)?)?|spawn(?:Sync)?|execa(?:Sync|Command\w*)?|shell_exec|system|passthru|popen|Popen)\s*\(?\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,2048})\1/g,
  /["'`]-l?c["'`]\s*[,)]\s*(?:\.args?\(\s*\[?)?\s*(["'`])((?:(?!\1)[^\\\n]|\\.){1,2048})\1/g,
];
/** Stands among the running functions while such lines are run, since what they start may be of the same family; no function has this name. */
const mark = '\0sources';

/** Reads code that the command wrote and runs; what any project does is no matter, whatever its words. */
function readSource(machine: Machine, content: Output | undefined): void {
  const text = content?.text;
  if (text === undefined || text.length > longestText || !spend(machine, 20 + (text.length >> 5))) return;
  machine.running.add(mark);
  for (const pattern of commandLines)
    for (const [, , line = ''] of text.matchAll(pattern))
      if (/\s/.test(line)) runShellText(machine, plainField(line.replace(/\\(["'`$\\])/g, '$1')), noInput);
  machine.running.delete(mark);
  const harm = harmOfSource(text);
  if (harm.code) machine.findings.effects.add('harmful-code');
  if (harm.metadata) machine.findings.hosts.add('169.254.169.254');
}
