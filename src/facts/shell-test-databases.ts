import { isPassingStore, isTestName } from './local-names.js';
import { type Machine, valuesOfVariable } from './shell-machine.js';
import { hole } from './shell-values.js';

type Row = readonly [name: string, variables: readonly string[]];

const rows = (names: string, variables: string): readonly Row[] =>
  names.split(' ').map((name): Row => [name, variables === '' ? [] : variables.split(' ')]);

/** Variables that name the environment, by the tools that go by them; those without one go by a URL. */
const environmentOf: ReadonlyMap<string, readonly string[]> = new Map([
  ...rows('rails rake', 'RAILS_ENV RACK_ENV'),
  ...rows('mix', 'MIX_ENV'),
  ...rows('php console artisan', 'APP_ENV'),
  ...rows('sequelize sequelize-cli knex typeorm prisma mikro-orm drizzle-kit', 'NODE_ENV'),
  ...rows('python python3 django-admin manage.py', 'DJANGO_SETTINGS_MODULE'),
  ...rows('flask', 'FLASK_ENV'),
  ...rows('dotnet', 'ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT'),
  ...rows('sqlx diesel goose alembic migrate dbmate atlas mvn mvnw', ''),
]);

/** Whether a tool migrates the database that a variable or a URL names. */
export function goesByEnvironment(name: string): boolean {
  return environmentOf.has(name);
}

const testName =
  /^(?:test|testing|development|dev|ci|Development|Testing|[\w.]*settings[\w.]*\.(?:test(?:ing|s)?|dev(?:elopment)?|ci)|[\w.]*test_settings)$/;
const testWord =
  /^(?:(?:RAILS|RACK)_ENV=(?:test|development)|--env(?:ironment)?=(?:test(?:ing)?|dev|development|ci)|--settings=(?:[\w.]*settings[\w.]*\.(?:test(?:ing|s)?|dev(?:elopment)?)|[\w.]*test_settings))$/;
const localDatabase =
  /@(?:localhost|127\.0\.0\.1|\[::1\]|db|postgres|mysql)[:/]\S*|^sqlite|^postgres(?:ql)?:\/\/\/\w*test/;
const elsewhere = /(?<![a-z])(?:(?:pre)?prod(?:uction)?|prd|staging|stage|stg|live|demo|remote)(?![a-z])/i;
/** Tasks that go by the environment alone: their other words are code of any kind. */
const script = /^(?:\.\/)?(?:bin\/console|artisan|manage\.py)$/;

/** Whether a tool that resets databases is told to take the one of the tests, or of development on this machine. */
export function takesTestDatabase(machine: Machine, name: string, words: readonly string[]): boolean {
  const variables = environmentOf.get(name);
  if (variables === undefined || words.some((word) => elsewhere.test(word) || word.startsWith(hole))) return false;
  // Tasks of a build beside it are another matter.
  if (words.some((word) => /deploy|release|publish|push_to|nexus/i.test(word))) return false;
  if (/^php$|^python3?$/.test(name) && !script.test(words[0] ?? '')) return false;
  if (
    name === 'typeorm' &&
    words.some((word, i) => /^(?:-d|--dataSource)$/.test(words[i - 1] ?? '') && isTestName(word))
  )
    return true;
  const store = storeOf(words);
  if (store !== undefined) return isPassingStore(store) || isPassingSetting(store);
  if (machine.scope.bindings.has('$DATABASE_URL')) {
    if (isUrlOfTests(machine) && !words.some((word) => /^--linked|artisan$/.test(word))) return true;
    if (!isSet(machine, 'DATABASE_URL', localDatabase)) return false;
  }
  const named = words.some(
    (word, i) => testWord.test(word) || (/^(?:--env|-e)$/.test(word) && testName.test(words[i + 1] ?? '')),
  );
  // What a word says goes before the variable.
  const other = words.some((word) => /^(?:--env|-e|--settings|\w+_ENV)(?:=|$)/.test(word));
  return named || (!other && variables.some((variable) => isSet(machine, variable, testName)));
}

/** The URL or the settings of a database among the words, as after `--url` or `dburl=`. */
function storeOf(words: readonly string[]): string | undefined {
  const found = words.flatMap((word) => {
    const [, text] =
      /^(?:-[\w.-]+=|\w+=)?((?:jdbc:)?(?:postgres\w*|mysql|mariadb|sqlite\d?|file|mongodb|sqlserver|ecto|h2):.*)$/.exec(
        word,
      ) ?? [];
    if (text !== undefined) return [text];
    return /(?:^|[\s;])(?:host|server|data source)\s*=/i.test(word) ? [word] : [];
  });
  return found.length > 1 ? found.join(' ') : found[0];
}

/** Settings such as `host=localhost dbname=app_test`. */
function isPassingSetting(text: string): boolean {
  const part = (names: string): readonly string[] =>
    [...text.matchAll(new RegExp(`(?:^|[\\s;])(?:${names})\\s*=\\s*([^\\s;]*)`, 'gi'))].map(([, value = '']) => value);
  const [hosts, names] = [part('host|server|data source|hostaddr'), part('dbname|database|initial catalog')];
  const [host, name] = [hosts[0], names[0]];
  if (hosts.length !== 1 || names.length !== 1 || host === undefined || name === undefined) return false;
  return isPassingStore(`postgres://${host}/${name}`);
}

/** Whether the script sets the URL to that of a database of tests or of development on this machine. */
function isUrlOfTests(machine: Machine): boolean {
  const values = valuesOfVariable(machine, 'DATABASE_URL');
  return (
    values.length > 0 &&
    values.every(
      ({ text, unknown, gap }) =>
        gap === undefined && (unknown === undefined || text.includes(hole)) && isPassingStore(text),
    )
  );
}

/** Whether the script gives a variable such a value, in each way that leads here. */
export function isSet(machine: Machine, variable: string, value: RegExp): boolean {
  if (!machine.scope.bindings.has(`$${variable}`)) return false;
  const values = valuesOfVariable(machine, variable);
  return values.length > 0 && values.every(({ text, unknown }) => unknown === undefined && value.test(text));
}
