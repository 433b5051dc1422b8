import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FACT_VOCABULARY, touchesVocabulary } from '../../src/facts/fact-vocabulary.js';
import { findings, pathFacts, shellFacts, urlFacts } from '../../src/facts/index.js';
import { FINDING_KINDS } from '../../src/facts/text/finding-kinds.js';
import { corpusCommands, readCorpus } from '../packs/corpus.js';

const context = {
  cwd: '/work',
  workspace: '/work',
  home: '/home/ann',
  globs: { secrets: ['**/.env'], keys: ['*.pem'] },
};

const commands = corpusCommands();

/** What is said of every text that the facts of these hold, as far as their values are known. */
function judged(kind: keyof typeof FACT_VOCABULARY, all: readonly object[]): readonly string[] {
  const vocabulary = Object.entries(FACT_VOCABULARY[kind]);
  const texts = vocabulary.map(() => new Set<string>());
  for (const facts of all)
    for (const [at, [name]] of vocabulary.entries()) {
      const value: unknown = Reflect.get(facts, name);
      for (const text of Array.isArray(value) ? value : [value]) if (typeof text === 'string') texts[at]?.add(text);
    }
  return vocabulary.flatMap(([name, { judge, never, begins }], at) =>
    [...(texts[at] ?? [])].flatMap((text) => {
      const unheard = judge(text, context);
      const unlike = never?.test(text) === true || (begins !== undefined && !begins.test(text));
      return unheard?.certain === true || unlike ? [`${name}: ${text}`] : [];
    }),
  );
}

describe('what facts say is never called impossible', () => {
  it('of the commands of the corpus, but for programs and machines with names that nobody gives', () => {
    const found = judged(
      'shell',
      commands.map((command) => shellFacts(command, context)),
    );
    // A function that another shell defines, a key that is bound, a text that is the program's own language, a program
    // that is called `git push`, one that ends with a quote, and k6, of which the facts take the digit for a version.
    const nobodys = /BASH_FUNC|\\C-l|picolisp|^commands: (?:git push -f|z"|k run(?: .+)?)$/;
    expect(found.filter((one) => !nobodys.test(one))).toEqual([]);
  });

  it('of the paths and URLs in them', () => {
    const words = commands.flatMap((command) => command.split(/[\s"'=]+/)).filter((word) => word.length < 200);
    const paths = [...new Set(words)].filter((word) => /[/.\\~]/.test(word));
    expect(
      judged(
        'path',
        paths.map((path) => pathFacts(path, context)),
      ),
    ).toEqual([]);
    const urls = paths.filter((word) => /:\/\/|^[\w-]+\.[\w.-]+(?:\/|$)|:/.test(word));
    expect(urls.length).toBeGreaterThan(500);
    expect(judged('url', urls.map(urlFacts))).toEqual([]);
  });
});

describe('the kinds of findings', () => {
  const texts = ['evasions.tuned', 'evasions.held-out', 'harmless.tuned', 'harmless.held-out']
    .flatMap((part) => ['', 'assistant/', 'payments/', 'research/'].map((folder) => `${folder}${part}`))
    .concat('wording/injections')
    .flatMap((name) => readCorpus(name).flatMap(textsIn));

  it('are all that the corpus has', () => {
    const met = new Set(texts.flatMap((text) => findings(text)).map(({ category, kind }) => `${category} ${kind}`));
    const known = new Set(
      Object.entries(FINDING_KINDS).flatMap(([category, kinds]) => kinds.map((kind) => `${category} ${kind}`)),
    );
    expect([...met].filter((one) => !known.has(one))).toEqual([]);
    expect(met.size).toBeGreaterThan(70);
  });

  it('are in order, each once, and each stands in a detector', () => {
    const folder = fileURLToPath(new URL('../../src/facts/text/', import.meta.url));
    const detectors = readdirSync(folder)
      .filter((name) => name !== 'finding-kinds.ts')
      .map((name) => readFileSync(folder + name, 'utf8'))
      .join('\n');
    for (const kinds of Object.values(FINDING_KINDS)) {
      expect(kinds).toEqual([...new Set(kinds)].sort());
      expect(kinds.filter((kind) => !detectors.includes(`'${kind}'`) && !detectors.includes(`${kind}: [`))).toEqual([]);
    }
  });
});

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What is said of a text: whether it is certain that it never comes, and what is meant. */
function verdict(kind: keyof typeof FACT_VOCABULARY, name: string, text: string): string {
  const unheard = FACT_VOCABULARY[kind][name]?.judge(text, context);
  if (unheard === undefined) return '';
  return [unheard.certain ? 'never' : 'hardly ever', ...unheard.near].join('; ');
}

describe('a text that a fact may be compared with', () => {
  it.each<[string, string, string]>([
    ['commands', 'rm -r', ''],
    ['commands', 'git push -f', 'never; git push --force'],
    ['commands', 'rm -rf', 'never; rm -r; rm -f'],
    ['commands', 'rm -r -f', 'never; rm -r; rm -f'],
    ['commands', 'git push  --force', 'never; git push --force'],
    ['commands', '/bin/rm -r', 'never; rm -r'],
    ['commands', 'RM -r', 'never; rm -r'],
    ['commands', 'pip3 install', 'never; pip install'],
    ['commands', 'git commit -c', 'hardly ever; git commit --reedit-message'],
    ['commands', 'git push origin', 'hardly ever; git push'],
    ['commands', 'psql drop-test', ''],
    ['commands', 'psql drop table', ''],
    ['commands', 'nobodys-tool publish', ''],
    ['commands', 'aws s3 rm', ''],
    ['commands', '', 'never'],
    ['programs', 'rm', ''],
    ['programs', 'Rscript', ''],
    ['programs', '/bin/rm', 'never; rm'],
    ['programs', 'RM', 'hardly ever; rm'],
    ['programs', 'git push', 'hardly ever; git'],
    ['operands', 'git push main', ''],
    ['operands', 'git push Main', 'never; git push main'],
    ['operands', 'main', 'never'],
    ['codeNames', 'os.System', 'never; os.system'],
    ['effects', 'publish', ''],
    ['effects', 'publich', 'never; publish'],
    ['opaqueReasons', 'evall', 'never; eval'],
    ['globsRead', 'secrets', ''],
    ['globsRead', 'sekrets', 'never; secrets'],
    ['pathsRead', '/etc/passwd', ''],
    ['pathsRead', '/etc/../etc/passwd/', 'never; /etc/passwd'],
    ['pathsRead', '~/.ssh/id_rsa', 'never; /home/ann/.ssh/id_rsa'],
    ['pathsRead', 'src/index.ts', 'never; /work/src/index.ts'],
    ['pathsRead', '**/.env', 'never'],
    ['pathsRead', '/etc/*', ''],
    ['hosts', 'example.com', ''],
    ['hosts', 'unknown', ''],
    ['hosts', 'my_host.example.com', ''],
    ['hosts', 'Example.com', 'never; example.com'],
    ['hosts', 'example.com.', 'hardly ever; example.com'],
    ['hosts', 'https://example.com/x', 'never; example.com'],
    ['hosts', '*.example.com', 'never; example.com'],
    ['hosts', '127.1', 'hardly ever; 127.0.0.1'],
    ['hosts', '::1', ''],
    ['hosts', '0:0:0:0:0:0:0:1', 'hardly ever; ::1'],
    ['environment', '$TOKEN', 'never; TOKEN'],
    ['environment', 'TOKEN', ''],
  ])('%s: %s', (name, text, expected) => {
    expect(verdict('shell', name, text)).toBe(expected);
  });

  it.each<['path' | 'url' | 'text', string, string, string]>([
    ['path', 'extension', 'env', ''],
    ['path', 'extension', '.ENV', 'never; env'],
    ['path', 'extension', '', ''],
    ['path', 'name', 'src/.env', 'never; .env'],
    ['path', 'globs', 'constructor', 'never'],
    ['url', 'scheme', 'https', ''],
    ['url', 'scheme', 'HTTPS://', 'never; https'],
    ['url', 'host', '', ''],
    ['url', 'suffixes', '', 'never'],
    ['url', 'suffixes', '.example.com', 'hardly ever; example.com'],
    ['url', 'ip', '10.0.0.1', ''],
    ['url', 'ip', '10.0.0.0/8', 'never'],
    ['url', 'ip', '[::1]', 'never; ::1'],
    ['text', 'secrets', 'aws-access-key', ''],
    ['text', 'secrets', 'aws-key', 'never; aws-access-key; aws-bedrock-key; aws-secret-key'],
    ['text', 'personalData', 'e-mail', 'never; email'],
    ['text', 'injection', 'jail-break', 'never; jailbreak'],
  ])('%s.%s: %s', (kind, name, text, expected) => {
    expect(verdict(kind, name, text)).toBe(expected);
  });

  it('counts what a call touches as well, where personal data have a checksum', () => {
    const { personalData, secrets } = touchesVocabulary(['iban']);
    expect(personalData?.judge('iban', context)).toBeUndefined();
    expect(personalData?.judge('email', context)?.certain).toBe(true);
    expect(secrets?.judge('password', context)).toBeUndefined();
  });
});
