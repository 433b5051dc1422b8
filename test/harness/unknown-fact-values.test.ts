import { describe, expect, it } from 'vitest';
import {
  type Agent,
  DeodarError,
  type Diagnostic,
  type HarnessOptions,
  PolicyHarness,
  parsePolicySet,
} from '../../src/index.js';
import { PERMIT_ALL } from '../support/harness.js';

const text = { type: 'string' } as const;

const AGENT: Agent = {
  id: 'a',
  name: 'A',
  workspace: { root: '/work', home: '/home/ann', globs: { secrets: ['**/.env'] } },
  tools: [
    { name: 'run', inputSchema: { type: 'object', properties: { command: text }, required: ['command'] } },
    { name: 'edit', inputSchema: { type: 'object', properties: { path: text, text }, required: ['path', 'text'] } },
    { name: 'open', inputSchema: { type: 'object', properties: { url: text }, required: ['url'] } },
    {
      name: 'note',
      inputSchema: { type: 'object', properties: { command: text }, required: ['command'] },
      facts: { command: 'text' },
    },
  ],
};

/** What is said of policies when they are loaded. */
function said(policies: HarnessOptions['policies'], options: Partial<HarnessOptions> = {}): readonly Diagnostic[] {
  try {
    return new PolicyHarness({ agent: AGENT, policies, ...options }).prepared?.warnings ?? [];
  } catch (error) {
    if (error instanceof DeodarError) return error.diagnostics;
    throw error;
  }
}

function ruled(action: string, condition: string): string {
  return `${PERMIT_ALL}\n@id("rule") forbid (principal, action == Action::"${action}", resource) ${condition};`;
}

/** Severity and message of what is said of one rule, without what all messages begin with. */
function ofRule(action: string, condition: string): readonly string[] {
  return said(ruled(action, condition)).map(
    ({ severity, message }) => `${severity}: ${message.replace('in the policy "rule", ', '')}`,
  );
}

const STUB = 'namespace N { @mcp_principal entity User; @mcp_resource entity Server; @mcp_action action call_tool; }';

const COMMAND = 'context.facts.command';

describe('a rule that asks for a text which its fact never has', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'another spelling of a flag',
      'run',
      `when { ${COMMAND}.commands.contains("git push -f") }`,
      ['error: `context.facts.command.commands` never holds "git push -f", so this is never true'],
    ],
    [
      'in `unless`',
      'run',
      `unless { ${COMMAND}.programs.contains("/bin/ls") }`,
      ['error: `context.facts.command.programs` never holds "/bin/ls", so this is never true, and its negation always'],
    ],
    [
      'negated in `unless`, deep in the condition',
      'run',
      `unless { if ${COMMAND}.opaque then true && !(${COMMAND}.effects.contains("publich") || false) else false }`,
      ['error: `context.facts.command.effects` never holds "publich", so this is never true'],
    ],
    [
      'in a list',
      'run',
      `when { ${COMMAND}.opaqueReasons.containsAny(["eval", "evall"]) }`,
      ['error: `context.facts.command.opaqueReasons` never holds "evall", so it adds nothing to the others'],
    ],
    [
      'in a list with what is no literal',
      'run',
      `when { ${COMMAND}.opaqueReasons.containsAny(["evall", context.parameters.command]) }`,
      ['error: `context.facts.command.opaqueReasons` never holds "evall", so it adds nothing to the others'],
    ],
    [
      'alone in a list',
      'run',
      `when { ${COMMAND}.opaqueReasons.containsAny(["evall"]) }`,
      ['error: `context.facts.command.opaqueReasons` never holds "evall", so this is never true'],
    ],
    [
      'among several that all have to be there',
      'run',
      'when { context.touches.secrets.containsAll(["password", "pasword"]) }',
      ['error: `context.touches.secrets` never holds "pasword", so this is never true'],
    ],
    [
      'in a list of all that is allowed',
      'run',
      `unless { ["ls", "/bin/ls"].containsAll(${COMMAND}.programs) }`,
      ['warning: `context.facts.command.programs` never holds "/bin/ls", so it adds nothing to the others'],
    ],
    [
      'in a list of choices',
      'open',
      'when { ["http", "FTP"].contains(context.facts.url.scheme) }',
      ['error: `context.facts.url.scheme` is never "FTP", so it adds nothing to the others'],
    ],
    [
      'as equal',
      'edit',
      'when { ".env" == context.facts.path.extension }',
      ['error: `context.facts.path.extension` is never ".env", so this is never true'],
    ],
    [
      'as not equal',
      'edit',
      'when { context.facts.path.absolute != "secret.txt" }',
      ['error: `context.facts.path.absolute` is never "secret.txt", so this is always true'],
    ],
    [
      'as equal sets',
      'run',
      `when { ${COMMAND}.globsRead == ["sekrets"] }`,
      ['error: `context.facts.command.globsRead` never holds "sekrets", so this is never true'],
    ],
    [
      'through `if`',
      'run',
      `when { (if ${COMMAND}.opaque then ${COMMAND}.globsRead else ${COMMAND}.globsWritten).contains("keys") }`,
      [
        'error: `if context.facts.command.opaque then context.facts.command.globsRead else context.facts.command.globsWritten` never holds "keys", so this is never true',
      ],
    ],
    [
      'a pattern',
      'edit',
      'when { context.facts.path.absolute like "src/*" || context.facts.path.name like "*/x" }',
      [
        'error: `context.facts.path.absolute` is never like "src/*", so this is never true',
        'error: `context.facts.path.name` is never like "*/x", so this is never true',
      ],
    ],
    [
      'of which it is not certain',
      'run',
      `when { ${COMMAND}.programs.contains("RM") }`,
      ['warning: `context.facts.command.programs` hardly ever holds "RM", so this is hardly ever true'],
    ],
  ])('%s', (_, action, condition, expected) => {
    expect(ofRule(action, condition)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['commands', 'run', `when { ${COMMAND}.commands.containsAny(["git push --force", "rm -r", "psql drop-test"]) }`],
    ['names of globs', 'edit', 'when { context.facts.path.globs.contains("secrets") }'],
    ['patterns', 'edit', 'when { context.facts.path.absolute like "/work/*" || context.facts.path.name like ".*" }'],
    ['patterns of any text', 'edit', 'when { context.facts.path.text like "SRC//*" }'],
    ['facts without known values', 'edit', 'when { context.facts.path.text == "../X" }'],
    ['empty texts', 'open', 'when { context.facts.url.host == "" || context.facts.url.ip == "" }'],
    ['two lists of literals', 'run', 'when { ["git push -f"].contains("rm -rf") }'],
    ['parameters of the same name', 'run', 'when { context.parameters.command == "git push -f" }'],
  ])('says nothing of %s', (_, action, condition) => {
    expect(ofRule(action, condition)).toEqual([]);
  });

  it('is told with its place, what is meant and what the fact says', () => {
    const [found] = said([{ file: 'x.cedar', text: ruled('run', `when { ${COMMAND}.commands.contains("rm -rf") }`) }]);
    expect(found).toMatchObject({
      code: 'unknown-fact-value',
      help: 'did you mean `"rm -r"` or `"rm -f"`? a command is a program, its subcommand, and either with one flag, each in one spelling',
      data: { policy: 'rule', fact: 'context.facts.command.commands', text: 'rm -rf' },
    });
    const [label] = found?.labels ?? [];
    expect(label?.source.text.slice(label.span.start, label.span.end)).toBe('"rm -rf"');
  });

  it('is told with what the fact says where a pattern asks for it', () => {
    const [found] = said(ruled('edit', 'when { context.facts.path.extension like ".ts*" }'));
    expect(found?.help).toBe('an extension is in lower case and without its dot');
    expect(found?.data).toEqual({ policy: 'rule', fact: 'context.facts.path.extension', pattern: '".ts*"' });
  });

  it('keeps a strict harness from loading, and is a warning for others', () => {
    const policies = ruled('run', `when { ${COMMAND}.commands.contains("git push -f") }`);
    expect(() => new PolicyHarness({ agent: AGENT, policies })).toThrow(/never holds "git push -f"/);
    expect(said(policies, { strict: false }).map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('goes by what the agent says a parameter is', () => {
    expect(ofRule('note', `when { ${COMMAND}.secrets.contains("aws-key") }`)).toHaveLength(1);
    expect(ofRule('note', `when { ${COMMAND}.secrets.contains("aws-access-key") }`)).toEqual([]);
  });

  it('is found in the call that a result answers', () => {
    const rule = `${PERMIT_ALL} @id("rule") forbid (principal, action == Action::"run:result", resource)
      when { context has call && context.call.facts has command && context.call.touches.globs.contains("sekrets") };`;
    expect(said(rule).map(({ code }) => code)).toEqual(['unknown-fact-value']);
  });

  it('is found in policies that have no text', () => {
    const parsed = parsePolicySet(ruled('run', `when { ${COMMAND}.commands.contains("git push -f") }`));
    if (!parsed.ok) throw new Error('not read');
    const policies = parsed.value.policies.map((policy) => ({ ...policy, source: undefined }));
    const set = { ...parsed.value, policies };
    expect(said(set).filter(({ code }) => code === 'unknown-fact-value')).toMatchObject([{ labels: [] }]);
  });

  it.each<NonNullable<HarnessOptions['profile']>>(['sondera', { kind: 'mcp', stub: { text: STUB } }])(
    'is not looked for where requests have no facts: %j',
    (profile) => {
      const policies = `@id("all") permit (principal, action, resource);
        @id("rule") forbid (principal, action, resource)
        when { context has facts && context.facts.command.commands.contains("rm -rf") };`;
      const found = said(policies, { profile, strict: false });
      expect(found.filter(({ code }) => code === 'unknown-fact-value')).toEqual([]);
    },
  );
});
