import { isWithin } from './path-normal.js';

/** Where systems and their package managers keep programs; what lies there was installed by who may. */
const systemPlaces = new RegExp(
  [
    '/(?:usr/(?:local/)?)?s?bin/[^/]+$',
    String.raw`/usr/(?:games|local/(?:go|cuda[\w.-]*|opt|Cellar|Caskroom|share|lib|libexec|n|node|php|mysql|pgsql))/`,
    '/(?:usr/)?lib(?:32|64|x32)?/',
    '/usr/(?:libexec|share)/',
    String.raw`/etc/init\.d/[^/]+$`,
    '/nix/store/|/nix/var/nix/profiles/|/run/current-system/|/run/wrappers/bin/|/etc/profiles/per-user/|/gnu/store/',
    String.raw`/snap/bin/|/var/lib/(?:flatpak/exports/bin|snapd/snap/bin)/|/home/linuxbrew/\.linuxbrew/`,
    '/opt/(?:homebrew|local|pkg)/(?:bin|sbin|opt|Cellar|Caskroom|lib|libexec)/',
    String.raw`/opt/(?:mini|ana)?conda3?/|/opt/(?:mamba|mini)forge3?/|/opt/hostedtoolcache/|/opt/rh/[\w.-]+/root/`,
    String.raw`/opt/(?:python|node|nodejs|go|java|jdk|jvm|ruby|rust|php|cmake|gradle|maven|android-sdk|venv)[\w.-]*/(?:[\w.-]+/){0,3}bin/[^/]+$`,
    '/opt/(?:google/chrome|microsoft|az|aws-cli|google-cloud-sdk)/',
    String.raw`/root/\.(?:local|cargo)/bin/[^/]+$`,
    String.raw`/(?:System|Library)/(?:Frameworks|Developer|Java|Apple|PrivateFrameworks)/|/System/Volumes/|/Applications/[^/]+\.app/`,
    '/(?:cmd|mingw(?:32|64)|ucrt64|clang64)(?:/bin)?/[^/]+$',
    String.raw`/(?:mnt/|cygdrive/)?[a-z]/(?:windows/(?:system32|syswow64)|program files(?: \(x86\))?)/`,
  ]
    .map((place) => `^(?:${place})`)
    .join('|'),
  'i',
);

/** Where the tools of languages put programs into a home folder. */
const homePlaces = new RegExp(
  [
    String.raw`\.(?:local|cargo|bun|deno|volta|yarn|krew|fly|foundry|tfenv|ghcup|cabal|juliaup|elan|wasmtime|pixi|poetry|composer/vendor|config/composer/vendor|pub-cache|luarocks|dotnet|opencode|modular|modal|nix-profile|npm-global|npm-packages|npm-prefix|proto|moon|aspire|arkade|linkerd2|istioctl|pulumi|encore|turso|surrealdb|risc0|sp1|avm|amp|claude|codeium|antigravity|vite-plus)/bin/[^/]+$`,
    String.raw`(?:go|\.go|flutter|perl5|\.linuxbrew|google-cloud-sdk|\.yarn|\.pyenv|\.rbenv|\.asdf|\.phpenv|\.nodenv|\.goenv|\.jenv)/bin/[^/]+$`,
    String.raw`\.(?:pyenv|rbenv|asdf|nodenv|goenv|jenv|phpenv|plenv|rvm|nvm|fnm|n|sdkman|rustup|stack|opam|mise|swiftly|gvm|nvs|g)/(?:[\w.@+-]+/){0,6}(?:bin|shims)/[^/]+$`,
    String.raw`\.(?:pyenv|rbenv|asdf|nodenv|goenv|jenv|phpenv)/libexec/[^/]+$`,
    String.raw`\.local/(?:share|state)/(?:pnpm|mise|fnm|uv|rtx|nvm|gem|pipx|coursier|JetBrains|claude|cargo|rbenv|pyenv|npm|bun|proto|virtualenvs)/(?:[\w.@+-]+/){0,7}[^/]+$`,
    String.raw`\.pnpm(?:-global)?/(?:[\w.-]+/){0,3}[^/]+$|Library/pnpm/[^/]+$|Library/Python/[\d.]+/bin/[^/]+$`,
    String.raw`\.(?:gem|bundle)/(?:ruby/)?(?:[\w.-]+/){0,2}bin/[^/]+$|\.dotnet/(?:tools/)?[^/]+$|\.mix/escripts/[^/]+$`,
    String.raw`(?:\.?(?:mini|ana)conda3?|\.?(?:mini|mamba)forge3?|\.?micromamba|\.conda)/(?:envs/[\w.-]+/)?(?:bin|condabin)/[^/]+$`,
    String.raw`(?:Android/Sdk|Library/Android/sdk|\.android-sdk)/`,
    String.raw`\.config/yarn/global/node_modules/\.bin/[^/]+$|\.npm/_npx/\w+/node_modules/\.bin/[^/]+$|\.claude/local/[^/]+$`,
    String.raw`(?:\.virtualenvs/[\w.-]+|\.cache/pypoetry/virtualenvs/[\w.-]+|\.?v?env[\w.-]*)/bin/[\w.+-]+$`,
    String.raw`(?:[\w.-]+/){1,3}\.?v?env[\w.-]*/bin/(?:i?python|pip|py\.?test|coverage|ruff|black|mypy|flake8|isort|tox|nox|uv|poetry)[\d.]*$`,
  ]
    .map((place) => `^/(?:${place})`)
    .join('|'),
);

/** Whether a program at this absolute path is one that was installed, and so is what its name says. */
export function isUsualPlace(path: string, home: string): boolean {
  if (systemPlaces.test(path)) return true;
  return home !== '/' && isWithin(home, path) && homePlaces.test(path.slice(home.length));
}
