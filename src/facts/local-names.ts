import { hole } from './shell-values.js';

/** Words in names of what tests and development make and throw away. */
const passingWord =
  /^(?:tests?|testing|dev|devel|development|ci|e2e|local|localhost|tmp|temp|scratch|sandbox|integrationtests?)$/;
/** Words in names of what others live on, beside which the former say nothing. */
const realWord =
  /^(?:(?:pre)?prod(?:uction)?|prd|live|staging|stage|stg|uat|backups?|bak|real|shared|primary|replica|archive)$/;
const testWord = /^(?:tests?|testing|ci|e2e|tmp|temp|scratch)$/;
/** Digits belong to no word. */
const betweenWords = /[^a-z]+/;
const plainName = /^[\w./:@-]*$/;

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/(?<![a-z\d])e2e(?![a-z\d])/g, 'test')
    .split(betweenWords)
    .filter((word) => word !== '');
}

/**
 * Whether a name says that what it names is of tests or of development: `app_test`, `docker-compose.ci.yml`, but not
 * `latest_orders`. What is not known of it may only follow something known.
 */
export function isPassingName(name: string): boolean {
  if (name.length > 200 || name.startsWith(hole) || !plainName.test(name.replaceAll(hole, ''))) return false;
  const words = wordsOf(name);
  return words.some((word) => passingWord.test(word)) && !words.some((word) => realWord.test(word));
}

/** Whether such a name is of tests rather than of development. */
export function isTestName(name: string): boolean {
  return isPassingName(name) && wordsOf(name).some((word) => testWord.test(word));
}

/** Names and addresses of this machine, and of it as its containers see it. */
const localHost =
  /^(?:localhost|(?:[a-z\d-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)\.?$/i;

/** Whether a host, without a port, is this machine. */
export function isLoopback(host: string): boolean {
  return host.length < 256 && localHost.test(host);
}

/** Whether each of `host:port,host:port`, with or without a scheme, is this machine. */
export function areLoopback(places: string): boolean {
  return places.split(',').every((place) => {
    const [, host = ''] =
      /^(?:[a-z][\w+]*:\/\/)?(?:[^@/\s]*@)?(\[[\d:a-f]+\]|[^:/\s]+)(?::\d+)?\/?$/i.exec(place) ?? [];
    return isLoopback(host);
  });
}

const storeUrl = /^[a-z][\w+]*:(?:\/\/)(?:[^@/\s]*@)?(\[[\d:a-f]+\]|[^:/?#\s]*)(?::\d+)?\/([^/?#\s]*)(?:\?[^\s]*)?$/i;

/** Whether a URL is that of a database of tests or of development on this machine. */
export function isPassingStore(url: string): boolean {
  if (/^(?:jdbc:)?h2:(?:mem:|file:(?:\.\/)?(?:target|build)\/)[\w./;=-]*$/i.test(url)) return !url.includes('..');
  const file = /^(?:sqlite[\d:/]*|file:)(?:\/\/)?(.*?)(?:\?.*)?$/i.exec(url)?.[1];
  if (file !== undefined) return file === ':memory:' || (isPassingName(file) && !file.includes('..'));
  const [, host, name] = storeUrl.exec(url.replace(/^jdbc:/, '')) ?? [];
  if (host === undefined || name === undefined || /[?&](?:host|server)=/i.test(url)) return false;
  return (host === '' ? !url.includes(hole) : isLoopback(host)) && isPassingName(name);
}
