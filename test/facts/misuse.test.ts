import { describe, expect, it } from 'vitest';
import { findings, pathFacts, redact, shellFacts, textFacts, urlFacts } from '../../src/facts/index.js';

const KEY = 'AKIA2E0A8F3B244C9986';
const place = { cwd: '/work', workspace: '/work', home: '/home/ann' };

/** What a function says that is called as its types forbid. */
function misuse(called: () => unknown): string {
  try {
    called();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return error instanceof Error ? error.message : '';
  }
  return 'nothing';
}

describe('a kind or category that does not exist', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a kind of redact',
      () => redact(KEY, ['aws-key']),
      'redact() knows no kind "aws-key" (did you mean `aws-access-key` or `aws-bedrock-key` or `aws-secret-key`?)',
    ],
    ['another case', () => redact(KEY, ['Secrets']), 'redact() knows no kind "Secrets" (did you mean `secrets`?)'],
    [
      'far from all',
      () => redact(KEY, ['x'.repeat(30)]),
      `redact() knows no kind "${'x'.repeat(30)}" (there are \`secrets\`, \`personalData\`, \`injection\` and their kinds)`,
    ],
    [
      'of a prototype',
      () => redact(KEY, ['email', '__proto__']),
      'redact() knows no kind "__proto__" (there are `secrets`, `personalData`, `injection` and their kinds)',
    ],
    [
      'no text',
      () => redact(KEY, [undefined as never]),
      'redact() knows no kind undefined (there are `secrets`, `personalData`, `injection` and their kinds)',
    ],
    ['no list', () => redact(KEY, 'secrets' as never), 'the kinds of redact() are no list of texts'],
    [
      'a category',
      () => textFacts(KEY, { categories: ['secrte' as never] }),
      'the option of textFacts() `categories` has a value that it does not know (known: a list of secret, secrets, personal-data, personalData, injection)',
    ],
    [
      'an option',
      () => findings(KEY, { categorie: ['secret'] } as never),
      'there is no option of findings() "categorie" (did you mean `categories`?)',
    ],
    [
      'layers',
      () => textFacts(KEY, { layers: -1 }),
      'the option of textFacts() `layers` has a value that it does not know (known: an integer from 0)',
    ],
    ['no options', () => textFacts(KEY, null as never), 'the options of textFacts() are no object'],
  ])('is misuse: %s', (_, called, expected) => {
    expect(misuse(called)).toBe(expected);
  });

  it('is one in both spellings', () => {
    for (const categories of [['secret'], ['secrets']] as const)
      expect(textFacts(KEY, { categories }).secrets).toEqual(['aws-access-key']);
    for (const categories of [['personal-data'], ['personalData']] as const)
      expect(textFacts('ann@mail.example.org 4111 1111 1111 1111', { categories }).personalDataCount).toBe(2);
    for (const kinds of [['secret'], ['secrets'], ['aws-access-key'], undefined])
      expect(redact(KEY, kinds)).toBe('[REDACTED_AWS_ACCESS_KEY]');
    expect(redact(KEY, [])).toBe(KEY);
    expect(textFacts(KEY, { categories: undefined as never, layers: undefined as never }).secretCount).toBe(1);
  });
});

describe('the place of a path or command', () => {
  it.each<[string, () => unknown, string]>([
    [
      'nothing',
      () => pathFacts('a', undefined as never),
      'the option of pathFacts() `cwd` is missing (needed: an absolute folder); the option of pathFacts() `workspace` is missing (needed: an absolute folder)',
    ],
    [
      'a part',
      () => pathFacts('a', { cwd: '/work' } as never),
      'the option of pathFacts() `workspace` is missing (needed: an absolute folder)',
    ],
    [
      'an empty workspace',
      () => pathFacts('/etc/passwd', { ...place, workspace: '' }),
      'the option of pathFacts() `workspace` has a value that it does not know (known: an absolute folder)',
    ],
    [
      'a relative workspace',
      () => shellFacts('ls', { ...place, workspace: 'work' }),
      'the option of shellFacts() `workspace` has a value that it does not know (known: an absolute folder)',
    ],
    [
      'no home',
      () => shellFacts('ls', { cwd: '/w', workspace: '/w' } as never),
      'the option of shellFacts() `home` is missing (needed: an absolute folder)',
    ],
    [
      'a misspelt option',
      () => shellFacts('ls', { ...place, glob: {} } as never),
      'there is no option of shellFacts() "glob" (did you mean `globs`?)',
    ],
    [
      'an option of paths',
      () => shellFacts('ls', { ...place, resolve: String } as never),
      'there is no option of shellFacts() "resolve" (there are cwd, workspace, home, globs, ignoreCase)',
    ],
    [
      'globs as a list',
      () => pathFacts('a', { ...place, globs: ['*'] as never }),
      'the option of pathFacts() `globs` has a value that it does not know (known: lists of patterns by name)',
    ],
    [
      'a pattern as a text',
      () => pathFacts('a', { ...place, globs: { secrets: '*' } as never }),
      'the option of pathFacts() `globs` has a value that it does not know (known: lists of patterns by name)',
    ],
    ['a folder', () => shellFacts('ls', '/work' as never), 'the options of shellFacts() are no object'],
    [
      'text for a switch',
      () => pathFacts('a', { ...place, ignoreCase: 'no' as never }),
      'the option of pathFacts() `ignoreCase` has a value that it does not know (known: true, false)',
    ],
    ['no path', () => pathFacts(undefined as never, place), 'pathFacts() is about a text, not about undefined'],
    ['no command', () => shellFacts(['ls'] as never, place), 'shellFacts() is about a text, not about object'],
    ['no URL', () => urlFacts(null as never), 'urlFacts() is about a text, not about null'],
    ['no text', () => redact(7 as never), 'redact() is about a text, not about number'],
  ])('is misuse where it is no such thing: %s', (_, called, expected) => {
    expect(misuse(called)).toBe(expected);
  });

  it('may be anything that says the same', () => {
    class Place {
      get cwd(): string {
        return '/work';
      }
      get workspace(): string {
        return '/work';
      }
    }
    expect(pathFacts('a', new Place()).absolute).toBe('/work/a');
    expect(pathFacts('a', Object.create(null, Object.getOwnPropertyDescriptors(place))).absolute).toBe('/work/a');
    expect(pathFacts('a', { cwd: 'C:\\w', workspace: 'C:\\w', home: undefined }).insideWorkspace).toBe(true);
    expect(pathFacts('a', { ...place, globs: undefined, ignoreCase: undefined, resolve: undefined }).globs).toEqual([]);
  });
});
