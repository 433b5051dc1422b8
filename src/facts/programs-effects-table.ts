/** What a command does that neither the files nor the hosts of its words tell. */
export const EFFECTS = [
  /** Packages, images, extensions or releases go to where others take them from. */
  'publish',
  /** Stored credentials, tokens or keys are printed or decrypted. */
  'reveal-secret',
  /** What a cloud tells its machine is printed: user data and credentials among it. */
  'read-instance-data',
  /** A branch that others build on is pushed to, or merged into. */
  'push-shared',
  /** What others have pushed is overwritten. */
  'force-push',
  /** A push that names where it goes, rather than going where the repository came from. */
  'push-elsewhere',
  /** A repository is told of another place to exchange with. */
  'change-remote',
  /** Recorded history is taken away. */
  'rewrite-history',
  /** Changes that are not recorded are taken away. */
  'discard-work',
  /** A database is emptied or goes back to its first migration. */
  'reset-database',
  /** The database of a production environment is changed or opened. */
  'change-production',
  /** A container or virtual machine gets this machine's folders, devices or rights. */
  'reach-host',
  /** Containers or virtual machines are removed with what they hold. */
  'remove-machine',
  /** Code calls what removes files in one language or another. */
  'delete-by-code',
  /** Code that the command wrote and runs gives a shell or secrets away, or deletes outside of its project. */
  'harmful-code',
  /** An address of a private network is asked over the web, other than those of this machine and its guests. */
  'reach-private',
  /** Somebody is let in: a key that opens a machine or an account is put where it is asked for. */
  'give-access',
  /** What overwrites is given a place of which nothing is known. */
  'overwrite-unknown',
] as const;

export type Effect = (typeof EFFECTS)[number];

/** How a row is read: an effect, code from the network, or a file whose code runs. */
export type RowKind = Effect | 'run-remote' | 'run-file';

/**
 * By program: sources of patterns for the words after it, which have one blank before, between and after them. `''` is
 * found in any. The first group of `run-file` is the file. A `database-task` counts where the environment is that of
 * production.
 */
type EffectRows = Readonly<Partial<Record<RowKind | 'database-task', string>>> & {
  /**
   * Spares the search where none of these is a word of the command, or ends one after a slash; one that starts with a slash
   * may stand inside of a word. For programs of which most uses are of no interest.
   */
  readonly only?: string;
};

/** A word that names a place of code elsewhere: a URL, or a repository as git and Go write it. */
const remote =
  '(?:(?:https?|git|ssh|oci|ftp|s3|gs)(?:\\+\\w+)?://|git(?:::|@)|git\\+|(?:github|gitlab|gist|bitbucket):|(?:github|gitlab)\\.com/|bitbucket\\.org/)\\S+';

const many = (names: string, rows: EffectRows): Readonly<Record<string, EffectRows>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, rows]));

/** What may stand before the verb of a system of versions: flags, of which some have a value. */
const globals = '^ (?:(?:-R|-C|-d|--repository|--cwd|--config|--color|--at-op(?:eration)?) [^- ]\\S* |-\\S+ )*';
/** Branches that others build on. */
const sharedBranch = '(?:main|master|trunk|default|tip|production|prod|release|stable)';
/** The root of this machine, and folders that are the system's or everybody's. */
const hostFolder = '/(?:(?:etc|root|home|var|usr|boot|proc|sys|dev|run|lib|opt|bin|sbin)(?:/\\w+)?/?)?(?=[ ,:])';
const publishing = ' publish ';
/** Tasks of a package's own scripts that reset, fill or undo a database. */
const databaseScript =
  '^(?=.*(?:db|database|migrat|schema|seed))(?=.*(?:reset|drop|wipe|fresh|flush|truncate|purge|undo|rollback|revert|seed))';
const rails: EffectRows = {
  publish: '(?<! -[TWDPf]) (?:\\w+:)?release(?:\\[\\S*)? | release:rubygem_push ',
  'reveal-secret': ' (?:credentials|secrets|encrypted):show ',
  'database-task':
    ' db:(?:schema:load|structure:load|setup|prepare|seed|seed:replant|purge\\S*|truncate_all|rollback|migrate(?::\\w+)?(?<!:status)|fixtures:load|environment:set|drop\\S*|reset\\S*) |^ (?:dbconsole|db|console|c|runner|r) ',
};
const djangoTask = '(?:\\S+ )*(?:flush|reset_db|sqlflush|migrate|loaddata|dbshell|shell|shell_plus) ';
const artisan =
  '(?:migrate(?!:status |:install )\\S*|db(?::(?:seed|wipe))?|tinker|doctrine:(?:fixtures:load|schema:\\w+|database:drop|migrations:(?:migrate|execute))) ';
const buildTool: EffectRows = {
  publish:
    '(?<! -x| --exclude-task| --task| --tests| --group| -p| -b) (?:[\\w.-]*:)*(?:publish(?!ing |\\w*(?:Local|Dry|Check|Preview|Test\\b))\\w*|bintrayUpload|uploadArchives|artifactory(?:Publish|Deploy)|closeAndRelease\\w*|release\\w*StagingRepositor\\w*|release|githubRelease|jreleaser(?:FullRelease|Release|Deploy|Upload|Publish)|dockerPush\\w*|jib|appengineDeploy\\w*|promote\\w*Artifact) | --publishImage ',
  'reset-database': ' (?:[\\w.-]*:)*(?:flywayClean|dropAll|liquibaseDropAll) ',
};
const maven: EffectRows = {
  publish:
    '(?<! -pl| -f| -P| -D) (?:[\\w.-]+:)*(?:deploy|site-deploy|(?:deploy|site):deploy\\S*|release:(?:perform|prepare\\S*|stage)|(?:nexus-staging|nexus-staging-maven-plugin(?::[\\d.]+)?):(?:release|deploy\\S*|promote|rc-release)|jib:build|jreleaser:(?:full-release|deploy|release|publish|upload)|central-publishing:publish|scm-publish:\\S+|docker(?:file)?:push|gitflow:(?:release|hotfix)-finish) (?!.*-DdryRun)',
  'reset-database': ' (?:[\\w.-]+:)*(?:flyway:clean|liquibase:dropAll) ',
};
const clojure: EffectRows = {
  publish: ' -[XTM]:?\\S*(?:deploy|release|publish)\\S* | -T:build (?:\\S+ )*(?:deploy|release) ',
};
const lxc: EffectRows = {
  'reach-host': ` (?:device|storage volume) (?:\\S+ )*source=${hostFolder}| security\\.privileged[= ]true | raw\\.(?:lxc|idmap|qemu|apparmor)[= ]`,
  'remove-machine': '^ (?:delete|rm) (?:\\S+ )*(?:-f|--force|--all) |^ (?:storage|project|cluster) (?:delete|rm) ',
  'run-remote': `^ (?:launch|init|image import) (?:\\S+ )*${remote}`,
  'change-remote': '^ remote (?:add|set-url) ',
};
const container: EffectRows = {
  only: 'build bake compose stack play kube volume imagetools',
  publish: ' (?:buildx imagetools create|compose (?:\\S+ )*push) ',
  'run-remote': [
    ` (?:buildx |image |builder )?(?:build|bake) (?:\\S+ )*(?:${remote}|--build-context[= ][\\w.-]+=${remote}|(?:-f|--file)=${remote})`,
    `^ compose (?:\\S+ )*(?:-f|--file)[= ]${remote}`,
    `^ stack deploy (?:\\S+ )*(?:-c|--compose-file)[= ]${remote}`,
    `^ (?:play kube|kube play) (?:\\S+ )*${remote}`,
  ].join('|'),
  'reach-host': `^ volume create (?:\\S+ )*(?:--opt|-o)[= ]device=${hostFolder}`,
};
const editor: EffectRows = {
  'run-remote': ` --install-extension[= ]${remote}| installPlugins (?:\\S+ )*${remote}`,
  'run-file': ' (?:--install-extension|--extensionDevelopmentPath)[= ](\\S*[./]\\S*) ',
};
/** The secrets of a cluster and of Vault, by the host or by the variable that names it, which reads as nothing. */
const webClient: EffectRows = {
  only: '/v1/',
  'reveal-secret':
    '(?: |kubernetes[^/ ]{0,64}|:6443|:8001)/api/v1/(?:namespaces/[^/ ]+/)?secrets\\b|(?: |vault[^/ ]{0,64}|:8200)/v1/(?:secret|kv|cubbyhole|\\w+/creds|transit/export|pki/issue)/',
};

/** What programs are known to do, by base name; see the meanings of the kinds. */
export const programEffects: Readonly<Record<string, EffectRows>> = {
  // Build tools, and what releases packages.
  ...many('gradle gradlew', buildTool),
  ...many('mvn mvnw mvnd', maven),
  sbt: {
    publish:
      '[ ;]\\+?(?:[\\w-]+[/:])*(?:publish(?!Local|M2)\\w*|release|ci-release|sonatype(?:Bundle)?Release\\w*|sonaRelease|sonaUpload)(?=[ ;])',
  },
  mill: { publish: ' \\S*(?:[./]publish|publishAll) ' },
  ...many('clj clojure', clojure),
  lein: { publish: ' (?:deploy|release) ' },
  boot: { publish: ' push(?:-\\w+)? ' },
  ant: { publish: ' (?:publish|release)\\S* ' },
  ...many('changeset lerna jsr beachball elm gleam spago pulp wapm rye electron-forge pants expo vsce ovsx', {
    publish: publishing,
  }),
  nx: {
    publish:
      '^ release (?!(?:version|changelog|plan)\\S* )(?!.* -d )|^ (?:publish|run \\S+:(?:nx-release-)?publish) |^ (?:run-many|affected) (?:\\S+ )*(?:-t|--targets?)[= ]\\S*publish',
  },
  turbo: { publish: publishing },
  rush: { publish: '^ publish (?:\\S+ )*(?:--publish|-p|--apply|-a) ' },
  yarn: {
    publish: ' npm publish | npm tag (?:add|remove) ',
    'database-task': databaseScript,
  },
  auto: { publish: ' (?:shipit|release|latest|canary|next) ' },
  'release-please': { publish: ' (?:github-release|release-pr) ' },
  'release-plz': { publish: '^ release ' },
  cargo: {
    only: 'workspaces ws release smart-release script',
    publish: ' (?:workspaces|ws) publish | (?:release|smart-release) (?:\\S+ )*(?:--execute|-x|-xv) ',
    'run-remote': `^ script (?:\\S+ )*${remote}`,
  },
  python: {
    only: 'setup.py manage.py',
    publish: '^ (?:\\S*/)?setup\\.py (?:\\S+ )*(?:upload|register) ',
    'database-task': `^ (?:\\S*/)?manage\\.py ${djangoTask}`,
  },
  maturin: { publish: ' (?:publish|upload) ' },
  mix: {
    publish: ' hex\\.(?:publish|retire|owner) ',
    'run-remote': ' (?:archive|escript)\\.install https?://| escript\\.install (?:git|github) ',
    'reset-database': ' ecto\\.rollback (?:\\S+ )*--all ',
    'database-task': ' ecto\\.(?:migrate|rollback|load|drop|reset|setup)\\S* ',
  },
  rebar3: { publish: ' hex (?:publish|retire|cut) ' },
  ...many('dart flutter', { publish: ' pub publish (?!(?:\\S+ )*-n )' }),
  ...many('rake rails', rails),
  dotnet: {
    only: 'nuget tool new script ef',
    publish: ' nuget (?:push|delete) ',
    'run-remote': ` (?:tool (?:install|update|exec)|new install) (?:\\S+ )*--(?:add-)?source[= ](?!https://api\\.nuget\\.org/)${remote}|^ script (?:\\S+ )*${remote}`,
    'run-file': '^ script (?:-\\S+ )*(\\S+\\.csx) ',
    'reset-database': ' ef database update 0 ',
    'database-task': ' ef database (?:update|drop) ',
  },
  'dotnet-script': { 'run-remote': remote, 'run-file': '^ (?:-\\S+ )*(\\S+\\.csx) ' },
  buildah: {
    publish: '^ (?:manifest )?push ',
    'run-remote': `^ (?:bud|build|build-using-dockerfile) (?:\\S+ )*${remote}`,
  },
  skopeo: { publish: ' (?:copy|sync) (?:\\S+ )*docker://\\S+ $| delete ' },
  ...many('crane gcrane krane', { publish: '^ (?:push|tag|copy|cp|append|mutate|rebase|delete) ' }),
  regctl: { publish: '^ (?:image (?:copy|import|delete)|tag (?:delete|rm)|index create) ' },
  oras: { publish: '^ (?:push|copy|cp|attach|tag|manifest (?:push|delete)) ' },
  ko: { publish: '^ (?:publish|build|apply|create|resolve|run) (?!(?:\\S+ )*(?:-L|--local|--push=false) )' },
  helm: {
    only: 'push cm-push plugin',
    publish: ' (?:cm-push|push) ',
    'run-remote': `^ plugin (?:install|add) (?:\\S+ )*${remote}`,
  },
  ...many('cr chart-releaser', { publish: ' upload ' }),
  ...many('luarocks fez mi6 anaconda conda cabal stack', { publish: '^ (?:-\\S+ )*upload ' }),
  raku: { publish: ' fez upload ' },
  opam: { publish: '^ publish ', 'run-remote': `^ install (?:\\S+ )*${remote}` },
  'dune-release': { publish: '^ $|^ (?:publish|opam (?:\\S+ )*submit|bistro) ' },
  'cpan-upload': { publish: '' },
  ...many('dzil minil', { publish: '^ release ' }),
  'web-ext': { publish: ' sign ' },
  'chrome-webstore-upload': { publish: ' (?:upload|publish) |^ $' },
  'ansible-galaxy': { publish: ' (?:collection publish|role import) ' },
  fastlane: { publish: ' (?:deliver|supply|pilot upload|upload_to_\\w+|release) ' },
  firebase: { publish: ' appdistribution:distribute ' },
  xcrun: { publish: ' altool (?:\\S+ )*--upload\\S* ' },
  snapcraft: { publish: '^ (?:upload|push|release|promote) ' },
  charmcraft: { publish: '^ (?:upload|release|promote) ' },
  'electron-builder': { publish: ' (?:--publish|-p)[= ](?:always|onTag\\w*) ' },
  hub: { publish: '^ release (?:create|edit) ' },
  ...many('huggingface-cli hf', { publish: '^ (?:upload\\S*|repo create) ' }),
  kaggle: { publish: '^ (?:datasets|models|kernels|d|m|k) (?:\\S+ )?(?:create|version|push) ' },
  bit: { publish: '^ export ' },
  earthly: { publish: ' --push ', 'run-remote': ` (?:-\\S+ )*${remote}` },
  ...many('bazel bazelisk buck2', { publish: '^ run (?:-\\S+ )*\\S*[:._/](?:publish|push|upload)\\S* ' }),
  swift: { publish: ' package-registry publish ' },

  // What prints or decrypts what is kept secret.
  my_print_defaults: { 'reveal-secret': ' (?:-\\w*s|--show) ' },
  keyring: { 'reveal-secret': '^ (?:\\S+ )*get ' },
  chezmoi: {
    'reveal-secret':
      '^ (?:\\S+ )*(?:decrypt|secret) |execute-template .*\\b(?:onepassword|bitwarden|rbw|lastpass|keyring|gopass|passhole|pass|vault|secret|keepassxc|dashlane|doppler|ejson|decrypt)\\w*',
  },
  ...many('dcli dashlane', { 'reveal-secret': '^ (?:password|p|note|n|secret|read|exec|inject|otp|backup|export) ' }),
  cmdkey: { 'reveal-secret': ' /list' },
  glab: { 'reveal-secret': '^ auth token |^ config get (?:\\S+ )*\\w*token ' },
  granted: { 'reveal-secret': '^ credential-process ' },
  assume: { 'reveal-secret': ' (?:--export|--env|-ex|--exec) ' },
  ...many('fly flyctl', { 'reveal-secret': ' tokens create ', 'give-access': ' ssh issue ' }),
  poetry: { 'reveal-secret': '^ config (?:http-basic|pypi-token)\\.\\S+ $' },
  bundle: { only: 'config', 'reveal-secret': '^ config (?:get )?\\S*(?:github|gitlab|gems|gemfury)\\.\\S+ $' },
  'git-crypt': { 'reveal-secret': '^ (?:unlock|export-key) ' },
  ...many('blackbox_cat blackbox_view blackbox_decrypt_file blackbox_decrypt_all_files blackbox_edit_start lssecret', {
    'reveal-secret': '',
  }),
  transcrypt: { 'reveal-secret': ' (?:--display|-d|--show-raw|-s|--export-gpg|-x) ' },
  ...many('credstash unicreds biscuit strongbox', { 'reveal-secret': '^ (?:\\S+ )*(?:get|getall|exec|export) ' }),
  ejson: { 'reveal-secret': '^ (?:\\S+ )*decrypt ' },
  nmcli: { 'reveal-secret': ' (?:-s|--show-secrets) | show-password | \\S*\\.(?:psk|wep-key\\d) ' },
  mc: { 'reveal-secret': '^ (?:\\S+ )*(?:alias|config host) (?:ls|list|export) ' },
  dotenvx: { 'reveal-secret': '^ (?:\\S+ )*(?:get|decrypt|keypair) ' },
  heroku: { 'reveal-secret': '^ pg:credentials(?::url)? ', 'give-access': '^ keys:add |^ access:add ' },
  // Keys that open machines and accounts.
  ...many('ssh-import-id ssh-import-id-gh ssh-import-id-lp ssh-copy-id', {
    'give-access': '^ (?!.*(?:--help|--version|-h |-n ))',
  }),
  ...many('tea gitea gogs forgejo', { 'give-access': ' (?:ssh-)?keys? add ' }),
  ...many('gcloud', {
    'give-access':
      ' ssh-keys add | (?:add-metadata|instances create) (?:\\S+ )*--metadata(?:-from-file)?[= ]\\S*ssh-keys',
  }),
  ...many('linode-cli vultr-cli scw civo railway exo upctl openstack hcloud doctl', {
    'give-access': ' (?:ssh-?keys?|keypair) (?:create|add|import|upload) ',
  }),
  az: { only: '--ssh-key-value sshkey', 'give-access': ' (?:vm user update|sshkey create) ' },
  homectl: { 'give-access': ' --ssh-authorized-keys' },
  dokku: { 'give-access': ' ssh-keys:add ' },
  tailscale: { 'give-access': ' (?:up|set) (?:\\S+ )*--ssh ' },
  databricks: { 'reveal-secret': ' secrets (?:get|get-secret) | tokens create ' },
  'systemd-creds': { 'reveal-secret': '^ (?:\\S+ )*(?:cat|decrypt) ' },
  'pkcs15-tool': { 'reveal-secret': ' --read-(?:data-object|secret\\S*)' },
  ykman: { 'reveal-secret': ' (?:oath accounts code|piv keys export) ' },
  keyctl: { 'reveal-secret': '^ (?:print|pipe|read) ' },
  ...many('passage prs pa ripasso tessen', { 'reveal-secret': '^ (?:show|cat|copy|edit|get) ' }),
  bws: { 'reveal-secret': ' (?:secret (?:get|list)|run) ' },
  conjur: { 'reveal-secret': ' variable (?:get|value) ' },
  akeyless: { 'reveal-secret': ' get-\\S*secret-value ' },
  secrethub: { 'reveal-secret': '^ (?:read|run|inject|printenv) ' },
  ...many('vlt hcp', { 'reveal-secret': ' secrets (?:get|open) ' }),
  phase: { 'reveal-secret': '^ (?:secrets (?:get|export|list)|run) ' },
  passbolt: { 'reveal-secret': '^ (?:get|export) ' },
  'envkey-source': { 'reveal-secret': '' },
  ...many('summon summon-keyring', { 'reveal-secret': '' }),
  'oidc-token': { 'reveal-secret': '' },
  azd: { 'reveal-secret': '^ auth token ' },
  cf: { 'reveal-secret': '^ oauth-token ' },
  ibmcloud: { 'reveal-secret': ' iam oauth-tokens ' },
  scw: { 'reveal-secret': '^ config (?:dump|get secret-key) ' },
  argocd: { 'reveal-secret': ' admin initial-password ' },
  kubeseal: { 'reveal-secret': ' --recovery-unseal ' },
  'gpg-connect-agent': { 'reveal-secret': '(?:get_passphrase|export_key)' },
  ...many('curl wget http https xh curlie', webClient),
  netlify: { 'reveal-secret': '^ env:(?:get|list) ' },

  // What a cloud tells its machine.
  'cloud-init': {
    'read-instance-data':
      '^ (?:\\S+ )*query (?!(?:(?:-l|--list-keys|v1\\.\\w+|cloud[_-]name|region|distro\\w*|platform|subplatform|instance[_-]id|local[_-]hostname|availability[_-]zone|machine|kernel_release|python_version) )+$)',
  },
  ...many('ec2-metadata ec2metadata', { 'read-instance-data': '^ $| (?:-d|--user-data|--all|-u|--public-keys) ' }),
  ...many('get_metadata_value google_metadata_script_runner', { 'read-instance-data': '' }),
  'oci-metadata': { 'read-instance-data': '^ (?!--help)' },
  ...many('vmtoolsd vmware-rpctool', { 'read-instance-data': 'info-get guestinfo\\.\\S*(?:data|metadata)' }),
  aws: {
    only: 'describe-instance-attribute send-ssh-public-key send-serial-console-ssh-public-key upload-ssh-public-key import-key-pair',
    'give-access': ' (?:send-(?:serial-console-)?ssh-public-key|upload-ssh-public-key|import-key-pair) ',
    'read-instance-data': ' describe-instance-attribute (?:\\S+ )*userData ',
  },

  // Other systems of versions than git.
  jj: {
    'push-shared': `${globals}git push (?:\\S+ )*(?:(?:-b|--bookmark|--named)[= ]?(?:exact:|glob:)?['"]?(?:${sharedBranch}(?:[='" ])|\\S*\\*)|--all |--tracked )`,
    'force-push': `${globals}git push (?:\\S+ )*--deleted `,
    'change-remote': `${globals}git remote (?:add|set-url|rename) `,
    'rewrite-history': `${globals}(?:op(?:eration)? abandon|util gc|abandon (?:\\S+ )*(?:all\\(\\)|::|root\\(\\)))`,
  },
  hg: {
    'push-shared': `${globals}push (?:\\S+ )*(?:-b|-r|-B|--branch|--rev|--bookmark)[= ]?${sharedBranch} `,
    'push-elsewhere': `${globals}push (?:\\S+ )*(?:https?|ssh)://`,
    'rewrite-history': `${globals}(?:strip|debugstrip|rollback|prune|obliterate) `,
    'discard-work': `${globals}(?:(?:update|up|checkout|co) (?:\\S+ )*(?:-C|--clean) |purge |revert (?:\\S+ )*(?:-a|--all|--no-backup|-C) )`,
  },
  svn: {
    'push-shared': `${globals}(?:rm|delete|del|remove|mv|move|rename|ren|cp|copy|mkdir) (?:\\S+ )*(?:https?|svn|svn\\+ssh)://`,
    'push-elsewhere': `${globals}import (?:\\S+ )*(?:https?|svn|svn\\+ssh)://`,
    'change-remote': `${globals}(?:relocate|switch (?:\\S+ )*--relocate|(?:propset|ps|propedit|pe) svn:externals) `,
    'discard-work': `${globals}(?:revert (?:\\S+ )*(?:-R|--recursive|--depth[= ]infinity) (?:\\S+ )*\\. |cleanup (?:\\S+ )*--remove-(?:unversioned|ignored) )`,
  },
  svnadmin: { 'rewrite-history': '^ (?:obliterate|rmtxns|load|setrevprop|delrevprop) ' },
  svnsync: { 'push-elsewhere': '' },
  fossil: {
    'push-elsewhere': '^ (?:push|sync) (?:\\S+ )*(?:https?|ssh)://',
    'change-remote': '^ remote(?:-url)? (?:add |(?:https?|ssh)://)',
    'rewrite-history': '^ (?:purge|shun|scrub) ',
  },
  sl: {
    'push-shared': `${globals}(?:push (?:\\S+ )*--to[= ](?:remote/|origin/)?${sharedBranch} |land |pushrebase )`,
    'force-push': `${globals}push (?:\\S+ )*(?:-f|--force) `,
    'rewrite-history': `${globals}(?:strip|debugstrip) `,
    'discard-work': `${globals}(?:(?:goto|go|update|checkout) (?:\\S+ )*(?:-C|--clean) |purge |clean |revert (?:\\S+ )*(?:-a|--all) )`,
  },
  darcs: {
    'push-elsewhere': `${globals}(?:push|send) (?:\\S+ )*(?:\\S+@\\S+:|(?:https?|ssh)://)`,
    'rewrite-history': `${globals}(?:obliterate|rebase obliterate|optimize http) `,
  },
  ...many('bzr brz', {
    'force-push': '^ push (?:\\S+ )*--overwrite ',
    'push-elsewhere': '^ push (?:-\\S+ )*(?:lp:|(?:https?|bzr\\+ssh|sftp|ssh)://)',
    'discard-work': '^ (?:clean-tree (?:\\S+ )*--force|uncommit (?:\\S+ )*--force) ',
  }),
  pijul: { 'push-elsewhere': '^ push (?:\\S+ )*\\S+@\\S+:', 'rewrite-history': '^ unrecord (?:\\S+ )*--reset ' },
  got: { 'force-push': '^ send (?:\\S+ )*-f ', 'push-shared': `^ send (?:\\S+ )*-b ${sharedBranch} ` },
  cvs: { 'push-elsewhere': `${globals}import `, 'rewrite-history': `${globals}admin (?:\\S+ )*-o` },
  p4: { 'push-shared': `${globals}(?:delete|move) (?:\\S+ )*//\\S*\\.\\.\\.` },
  ...many('gt ghstack spr arc av', { 'push-shared': '^ (?:land|merge) ' }),
  'git-town': { 'push-shared': '^ ship ' },

  // Containers and virtual machines.
  ...many('docker podman nerdctl', container),
  ...many('docker-compose podman-compose', {
    publish: '^ (?:\\S+ )*push ',
    'run-remote': ` (?:-f|--file)[= ]${remote}`,
  }),
  ...many('lxc incus', lxc),
  ctr: {
    'reach-host': `^ (?:\\S+ )*run (?:\\S+ )*(?:--privileged |--cap-add|--device|--with-ns|--mount[= ]\\S*src=${hostFolder})`,
  },
  multipass: {
    'reach-host': `^ mount (?:-\\S+ )*${hostFolder}`,
    'remove-machine': '^ delete (?:\\S+ )*(?:--all|-p|--purge) |^ purge ',
    'run-remote': `^ launch (?:\\S+ )*${remote}`,
  },
  ...many('limactl colima', { 'reach-host': ' (?:--mount|-V)[= ]/(?::\\w+)? ' }),
  machinectl: { 'reach-host': ' (?:shell|login) (?:-\\S+ )*(?:\\S+@)?\\.host ' },
  distrobox: { 'reach-host': '^ create (?:\\S+ )*(?:--root|-r) ' },
  ...many('qm pct', { 'remove-machine': '^ (?:destroy|rollback) ' }),

  // What fetches code and runs or builds it.
  jbang: {
    'run-remote': ` ${remote}| --trust[= ]|^ trust add |^ (?:run )?(?:-\\S+ )*[\\w.-]+@[\\w.-]+`,
    'run-file': '^ (?:run )?(?:-\\S+ )*(\\S+\\.(?:java|jsh|kt|groovy)) ',
  },
  deno: { 'run-remote': '^ (?:run |serve |compile |install |bundle |x )?(?:-\\S+ )*https?://' },
  kotlinc: { 'run-remote': ` -script (?:\\S+ )*${remote}` },
  wasmer: { publish: publishing, 'run-remote': ` ${remote}` },
  ...many('scala-cli wasmtime wasmedge wazero pkgx', { 'run-remote': ` ${remote}` }),
  ...many('cs coursier', { 'run-remote': '^ (?:launch|install|bootstrap) (?:\\S+ )*(?:-r|--repository)[= ]https?://' }),
  java: { 'run-remote': ' (?:-cp|-classpath|--class-path)[= ]\\S*https?://' },
  gem: { 'run-remote': '^ specific_install ' },
  dub: { 'run-remote': ' --registry[= ]https?://(?!code\\.dlang\\.org)' },
  uv: { only: 'run', 'run-remote': '^ run (?:\\S+ )*--with[= ](?:\\S+ ?@ ?)?(?:git\\+|https?://)' },
  task: { 'run-remote': ` (?:-t|--taskfile)[= ]${remote}`, 'database-task': databaseScript },
  dagger: { 'run-remote': ` (?:-m|--mod)[= ]${remote}` },
  copier: { 'run-remote': `^ (?:copy|update|recopy) (?=.*--(?:trust|UNSAFE) )(?:\\S+ )*${remote}` },
  'pre-commit': { 'run-remote': `^ try-repo (?:\\S+ )*${remote}` },
  act: { 'run-remote': ` (?:-W|--workflows)[= ]${remote}` },
  buildctl: { 'run-remote': `[ =](?:context|filename)=${remote}` },
  ...many('kaniko executor', { 'run-remote': ` --context[= ]${remote}` }),
  img: { 'run-remote': `^ build (?:\\S+ )*${remote}` },
  pack: { 'run-remote': `^ build (?:\\S+ )*(?:-p|--path)[= ]${remote}` },
  helmfile: { 'run-remote': ` (?:-f|--file)[= ]${remote}` },
  pulumi: { 'run-remote': `^ (?:new (?:\\S+ )*${remote}|plugin install (?:\\S+ )*--server[= ])` },
  krew: { 'run-remote': ' --manifest-url[= ]|^ index add ' },
  kubectl: { only: 'krew', 'run-remote': '^ krew (?:install (?:\\S+ )*--manifest-url[= ]|index add )' },
  istioctl: { 'run-remote': ` (?:-f|--filename)[= ]${remote}` },
  flux: { 'run-remote': '^ create source (?:\\S+ )*--url[= ]' },
  vagrant: { 'run-remote': `^ (?:box add|init) (?:\\S+ )*${remote}` },
  devcontainer: { 'run-remote': ` --(?:config|override-config)[= ]${remote}` },
  ...many(
    'code code-insiders code-server codium vscodium cursor windsurf positron trae kiro antigravity idea pycharm webstorm goland phpstorm rubymine clion rider',
    editor,
  ),
  tmux: { 'run-file': ' (?:source-file|source) (?:-\\S+ )*(\\S+) ' },

  // Tools that bring a database to another state.
  'django-admin': { 'database-task': `^ ${djangoTask}`, 'reset-database': ' (?:flush|reset_db) ' },
  'manage.py': { 'database-task': `^ ${djangoTask}` },
  php: { only: 'artisan console', 'database-task': `^ (?:\\S*/)?(?:artisan|console) ${artisan}` },
  ...many('artisan console', { 'database-task': `^ ${artisan}` }),
  prisma: { 'database-task': ' (?:migrate (?:deploy|reset|resolve|dev)|db (?:push|execute|seed)) ' },
  ...many('sequelize sequelize-cli', {
    'database-task': ' db:(?!migrate:status )\\S+ ',
    'reset-database': ' db:migrate:undo:all ',
  }),
  knex: { 'database-task': ' (?:migrate:(?:latest|up|down|rollback|unlock)|seed:run) ' },
  typeorm: { 'database-task': ' (?:schema:(?:sync|drop)|migration:(?:run|revert)) ' },
  'mikro-orm': {
    'reset-database': ' (?:migration|schema):fresh ',
    'database-task': ' (?:migration:(?:up|down|fresh)|schema:(?:update|drop|fresh)|seeder:run) ',
  },
  'drizzle-kit': { 'reset-database': ' push (?:\\S+ )*--force ', 'database-task': ' (?:push|migrate|drop) ' },
  alembic: { 'database-task': ' (?:upgrade|downgrade|stamp) ' },
  flask: { 'database-task': ' db (?:upgrade|downgrade|stamp) ' },
  flyway: { 'reset-database': ' clean ', 'database-task': ' (?:migrate|undo|repair|baseline) ' },
  liquibase: {
    'reset-database': ' (?:dropAll|drop-all) ',
    'database-task': ' (?:update(?!-?sql)|rollback(?!-?sql))\\S* ',
  },
  migrate: { 'reset-database': ' (?:drop|down -all) ', 'database-task': ' (?:up|down|goto|force) ' },
  goose: { 'reset-database': ' (?:reset|down-to 0) ', 'database-task': ' (?:up\\S*|down\\S*|redo) ' },
  dbmate: { 'reset-database': ' drop ', 'database-task': ' (?:up|migrate|down|rollback|load) ' },
  atlas: { 'reset-database': ' schema clean ', 'database-task': ' (?:schema|migrate) (?:apply|down) ' },
  hasura: { 'reset-database': ' migrate apply (?:\\S+ )*--down[= ]all ' },
  diesel: { 'reset-database': ' migration (?:redo|revert) (?:\\S+ )*(?:--all|-a) ' },
  phinx: {
    'reset-database': ' rollback (?:\\S+ )*(?:-t|--target)[= ]?0 ',
    'database-task': ' (?:migrate|rollback|seed:run) ',
  },
  sqitch: { 'reset-database': ' revert (?!.*(?:--to|@|HEAD))', 'database-task': ' (?:deploy|revert|rebase) ' },
  aerich: { 'database-task': ' (?:upgrade|downgrade) ' },
  ...many('npm pnpm bun make gmake just invoke inv', { 'database-task': databaseScript }),
};

/** Variables in which clouds and runners tell a program where to ask for its credentials. */
export const metadataVariables = new Set(
  'AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_EC2_METADATA_SERVICE_ENDPOINT ECS_CONTAINER_METADATA_URI ECS_CONTAINER_METADATA_URI_V4 IDENTITY_ENDPOINT MSI_ENDPOINT IMDS_ENDPOINT ACTIONS_ID_TOKEN_REQUEST_URL GCE_METADATA_HOST GCE_METADATA_ROOT GCE_METADATA_IP'.split(
    ' ',
  ),
);
/** Variables that hold the path of a file with credentials. */
export const credentialFileVariable = /^(?:KUBECONFIG|\w*(?:TOKEN|JWT|SECRET|PASSWORD|PRIVATE_KEY)_(?:FILE|PATH))$/;
/** What removes files or folders in languages whose names are not those of Python, JavaScript, Ruby or Perl. */
export const deletingCall =
  /(?<![\w-])(?:remove(?:DirectoryRecursive|PathForcibly|Directory|File|Dir|Item)|del_dir(?:_r)?|delete-(?:file|tree|directory(?:-tree|\/files)?)|delete_(?:file|directory(?:_and_contents)?)|delete(?:Dir|Recursively|Directory)|rm_rf!?|rmtree|file[ \t]+delete)(?![\w-])/;
