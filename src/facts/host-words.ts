/** Names with a domain and addresses, with a port and a path after them. */
const hostLike =
  /^(?:[^\s@/:]{1,64}@)?(?:(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?(?::\d{1,5})?(?:[/?#,]|$)|[\d.]+(?::\d{1,5})?(?:[/,]|$)|0x[\da-f.x]+$|[\w.-]+:\d{2,5}(?:[/,]|$)|\[[\da-f:.]+\])/i;
/** Names that are those of files wherever either may stand. */
const fileLike =
  /^[^/:]+\.(?:x?html?|txt|md|pdf|svg|png|jpe?g|gif|json5?|xml|ya?ml|toml|csv|log|lock|[cm]?[jt]sx?|css|py|rb|go|rs|conf|cfg|ini|env|pem|crt|key|tf|sql)$/i;
/** What this machine calls itself, or all that it has. */
const thisMachine = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1?\]?)(?::\d{1,5})?(?:\/|$)/i;

/** Whether a word that may be anything reads like a host, such as `example.com:80/x` or `10.0.0.1`. */
export function isHostLike(text: string): boolean {
  if (text.length > 512 || !hostLike.test(text) || fileLike.test(text)) return false;
  // A number of a few digits counts something.
  return !/^\d{1,7}(?:\.\d+)?$/.test(text);
}

/** Whether a host is this machine, as a server listens on it and daily work asks it. */
export function isThisMachine(text: string): boolean {
  return thisMachine.test(text);
}

const place =
  'proxy|proxies|registry|registries|endpoint|endpoint-?url|endpoints|server|servers|server-?url|api-?server|host|hosts|hostname|host-?url|base-?url|api-?url|index-?url|registry-?url|repository-?url|mirror|mirrors|broker|brokers|bootstrap-servers?|peer|peers|master|remote-?host|upstream|proxy-?host|api-?endpoint|url|uri|addr|address';
const placeOption = new RegExp(`^--?(?:D[\\w.]*?)?(?:[a-z][a-z0-9]*-)*(?:${place})$`, 'i');

/**
 * Whether an option that no table lists is named after a place on the network: `--proxy`, `--bootstrap-server`, `-host`, `-Dhttps.proxyHost`.
 * Its value may yet be where a server listens.
 */
export function isPlaceOption(name: string): boolean {
  return name.length > 4 && name.length < 64 && placeOption.test(name);
}

/** Last words of settings whose value is a host or a URL. */
const placeSetting =
  /(?:^|[.:_-])(?:proxy|registry|registryserver|index|index-url|default-index|find-links|trusted-host|repository|mirrors?|url|pushurl|host|hostname|hostaddr|server|endpoint|endpoints|endpoint_url|proxyjump|jumphost|proxyhost)$/i;

/** Whether a setting such as `http.proxy`, `Acquire::http::Proxy` or `HostName` has a host or a URL as its value. */
export function isPlaceSetting(key: string): boolean {
  return key.length < 256 && placeSetting.test(key);
}

/** Variables of the environment that tell well-known programs whom to contact. */
const placeVariable =
  /^(?:(?:https?|all|ftp|rsync|socks|wss?|grpc|yarn_https?|pip|npm_config|npm_config_https?|cargo_http|bundle_http)_proxy|npm_config_(?:.*:)?registry|(?:docker|container|buildkit|ollama|gh|gitlab|rubygems|pg|mysql|redis|redis_cli|vault|argocd|databricks|rabbitmq|elastic|mongo)_?host|PGHOSTADDR|KUBERNETES_MASTER|AWS_ENDPOINT_URL\w*|S3_ENDPOINT(?:_URL)?|PIP_(?:EXTRA_)?INDEX_URL|PIP_(?:TRUSTED_HOST|FIND_LINKS)|UV_(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?|UV_FIND_LINKS|POETRY_REPOSITORIES_\w+_URL|TWINE_REPOSITORY_URL|CARGO_(?:REGISTRIES|SOURCE)_\w+_(?:INDEX|REGISTRY)|YARN_(?:NPM_)?REGISTRY(?:_SERVER)?|BUNDLE_MIRROR__\w+|HOMEBREW_\w+_(?:DOMAIN|REMOTE)|VAULT_ADDR|VAULT_PROXY_ADDR|CONSUL_HTTP_ADDR|NOMAD_ADDR|ETCDCTL_ENDPOINTS|ARGOCD_SERVER|GOPROXY|GOSUMDB|HF_ENDPOINT|ELECTRON_MIRROR|NVM_NODEJS_ORG_MIRROR|NODE_MIRROR|RUSTUP_(?:DIST_SERVER|UPDATE_ROOT)|GRADLE_DISTRIBUTION_URL|SCCACHE_ENDPOINT|CONDA_CHANNEL_ALIAS|PUPPETEER_DOWNLOAD_BASE_URL|PLAYWRIGHT_DOWNLOAD_HOST)$/i;

/** Whether a variable tells a well-known program whom to contact, as `HTTPS_PROXY` and `PGHOST` do. */
export function isPlaceVariable(name: string): boolean {
  return name.length < 128 && placeVariable.test(name);
}
