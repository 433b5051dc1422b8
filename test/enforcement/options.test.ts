import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardTools } from '../../src/adapters/ai-sdk.js';
import {
  callbackApprover,
  consoleApprover,
  createApprovalStore,
  createAuthorizer,
  guard,
  guardAction,
  guardedAction,
  guardSync,
  lintPolicies,
  openLedger,
  PolicyHarness,
  parseEntities,
  parsePolicySet,
  parseSchema,
  refusalText,
  replay,
  resolveSchema,
  resumeCall,
  signMessage,
  spanOf,
  validatePolicies,
  verifyLedger,
  verifyMessage,
  webhookApprover,
} from '../../src/index.js';
import { AGENT } from '../support/harness.js';

const SECRET = 'a secret of sixteen bytes or more';
const POLICIES = '@id("all") permit (principal, action, resource);';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deodar-options-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const harness = new PolicyHarness({ agent: AGENT, policies: POLICIES });
const store = createApprovalStore({ secret: SECRET });
const run = (): string => 'ran';
const yes = (): boolean => true;

function read<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('not ok');
  return result.value;
}
const policySet = read(parsePolicySet(POLICIES));
const schema = read(resolveSchema([read(parseSchema('entity A; action b appliesTo { principal: A, resource: A };'))]));

/** Calls a function as a host without a compiler does. */
const loose =
  (work: (...args: never) => unknown) =>
  (...args: readonly unknown[]): unknown =>
    Reflect.apply(work, undefined, args);

const decorated = (options: unknown): unknown =>
  Reflect.apply(Object(loose(guardedAction)(options)), undefined, [
    run,
    { kind: 'method', name: 'run', private: false },
  ]);

type Row = readonly [string, (options: unknown) => unknown, string, string];

/** What takes options, how it is called with them, an option of it, and a value that this cannot have. */
const TAKERS: readonly Row[] = [
  ['guard()', (o) => loose(guard)(harness, 'shell', run, o), 'onDeny', 'stear'],
  ['guard()', (o) => loose(guard)(harness, { shell: run }, o), 'approver', 'alice'],
  ['guard()', (o) => loose(guard)(harness, run, o), 'approvalTimeoutMs', 'soon'],
  ['guardSync()', (o) => loose(guardSync)(harness, 'shell', run, o), 'results', 'none'],
  ['guardAction()', (o) => loose(guardAction)(run, { harness, ...Object(o) }), 'costUsd', '1'],
  ['guardedAction()', (o) => decorated({ harness, ...Object(o) }), 'spending', 'all'],
  ['refusalText()', (o) => loose(refusalText)(new Error('x'), o), 'toolErrors', 'all'],
  ['resumeCall()', (o) => loose(resumeCall)(harness, store, 'x', run, o), 'trajectoryId', ''],
  ['guardTools()', (o) => loose(guardTools)({}, { harness, ...Object(o) }), 'unguarded', 'shell'],
  ['createApprovalStore()', (o) => loose(createApprovalStore)({ secret: SECRET, ...Object(o) }), 'wait', 'no'],
  ['webhookApprover()', (o) => loose(webhookApprover)({ secret: SECRET, routes: {}, ...Object(o) }), 'fallback', 'me'],
  ['callbackApprover()', (o) => loose(callbackApprover)(yes, { approver: 'alice', ...Object(o) }), 'approver', ' '],
  ['consoleApprover()', (o) => loose(consoleApprover)(o), 'approver', ''],
  ['openLedger()', (o) => loose(openLedger)(join(folder, 'never.jsonl'), o), 'exclusive', 'yes'],
  ['verifyLedger()', (o) => loose(verifyLedger)(join(folder, 'none.jsonl'), o), 'publicKeys', 'key'],
  ['initialize()', (o) => loose((given) => harness.initialize(given))(o), 'trajectoryId', ''],
  ['resume()', (o) => loose((saved, given) => harness.resume(saved, given))('', o), 'current', 'no'],
  ['replay()', (o) => loose(replay)([], o), 'strict', 'no'],
  ['lintPolicies()', (o) => loose(lintPolicies)(policySet, o), 'isPart', 'no'],
  ['validatePolicies()', (o) => loose(validatePolicies)(policySet, schema, o), 'level', '1'],
  ['createAuthorizer()', (o) => loose(createAuthorizer)({ policies: POLICIES, ...Object(o) }), 'engine', 'fast'],
  ['parseEntities()', (o) => loose(parseEntities)([], o), 'schema', ''],
  ['signMessage()', (o) => loose(signMessage)('', { direction: 'request', secret: SECRET, ...Object(o) }), 'now', 'x'],
  [
    'verifyMessage()',
    (o) => loose(verifyMessage)({}, '', { direction: 'request', secret: SECRET, ...Object(o) }),
    'toleranceSeconds',
    'long',
  ],
  ['spanOf()', (o) => loose(spanOf)({}, {}, o), 'inputs', 'no'],
];

async function problemOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

describe('an option that does not exist', () => {
  it.each(TAKERS)('of %s is an error that names what was meant', async (of, take, option) => {
    const misspelt = `${option.slice(0, -2)}${option.at(-1)}${option.at(-2)}`;
    const problem = await problemOf(() => take({ [misspelt]: undefined }));
    expect(problem).toContain(`there is no option of ${of} "${misspelt}"`);
    expect(problem).toContain(`did you mean \`${option}\`?`);
    expect(await problemOf(() => take({ __proto__: null, zzzzzz: 1 }))).toContain('there are ');
  });

  it('of the event of a harness is a DENY that names it', async () => {
    await harness.initialize({ trajectoryId: 'events' });
    const misspelt: object = { trajectoryID: 'events' };
    const answer = await harness.adjudicate('PRE_MODEL', 'user', { text: 'hi' }, misspelt);
    expect(answer).toMatchObject({ decision: 'DENY' });
    expect(answer.diagnostics[0]).toMatchObject({ message: expect.stringContaining('trajectoryID') });
    const right = await harness.adjudicate('PRE_MODEL', 'user', { text: 'hi' }, { trajectoryId: 'events' });
    expect(right).toMatchObject({ decision: 'ALLOW', trajectoryId: 'events' });
  });

  it('of the redaction of a ledger or the engine of an authorizer is one, too', async () => {
    const redact = { fields: ['/content/parameters/token'], key: SECRET };
    const open = (given: object) => problemOf(() => loose(openLedger)(join(folder, 'never.jsonl'), { redact: given }));
    expect(await open({ ...redact, field: [] })).toContain('did you mean `fields`?');
    expect(await open({ ...redact, fields: '/content' })).toContain('known: a list of texts');
    expect(await open({ fields: redact.fields })).toContain('the option of the redaction of openLedger() `key`');
    const engine = (given: object) => problemOf(() => loose(createAuthorizer)({ policies: POLICIES, engine: given }));
    expect(await engine({ indexes: false })).toContain('did you mean `index`?');
    expect(await engine({ generateAfter: -1 })).toContain('known: a number from 0');
  });
});

describe('an option that has to be there', () => {
  it('is said to be missing where it is', async () => {
    const missing = 'the option of callbackApprover() `approver` is missing (needed: the name of a person)';
    expect(await problemOf(() => loose(callbackApprover)(yes))).toBe(missing);
    expect(await problemOf(() => loose(callbackApprover)(yes, { approver: undefined }))).toBe(missing);
  });
});

describe('an option with a wrong value', () => {
  it.each(TAKERS.filter(([of]) => of !== 'parseEntities()'))(
    'of %s is an error that says what it may be',
    async (of, take, option, wrong) => {
      const problem = await problemOf(() => take({ [option]: wrong }));
      expect(problem).not.toBe('nothing was thrown');
      expect(problem).toMatch(new RegExp(`${option}|${of.replace(/[()]/g, '\\$&')}|bad-schema|no schema`));
      expect(await problemOf(() => take({ [option]: undefined }))).not.toContain('does not know');
    },
  );

  it.each(['steer', null, 7, ['steer'], run])('is thrown for %j in the place of all options', async (given) => {
    expect(await problemOf(() => loose(guard)(harness, 'shell', run, given))).toMatch(/option/);
    expect(await problemOf(() => loose(guard)(harness, run, given))).toMatch(/option/);
    expect(await problemOf(() => loose(guard)(harness, { shell: run }, given))).toMatch(/option/);
    expect(await problemOf(() => loose(openLedger)(join(folder, 'never.jsonl'), given))).toMatch(/option/);
  });

  it.each([null, undefined, {}, 'harness', run])('is thrown for %j in the place of the harness', async (given) => {
    for (const take of [
      () => loose(guard)(given, 'shell', run),
      () => loose(guardSync)(given, 'shell', run),
      () => loose(resumeCall)(given, store, 'x', run),
    ])
      expect(await problemOf(take)).toContain('takes a PolicyHarness first');
    expect(await problemOf(() => loose(guardTools)({}, { harness: given }))).toMatch(
      /(?:known|needed): a PolicyHarness/,
    );
  });

  it.each([
    [{ routes: 'https://example.org' }],
    [{ routes: { owner: 'example.org/approve' } }],
    [{ routes: { owner: 'file:///etc/passwd' } }],
    [{ routes: {}, fallback: 'javascript:alert(1)' }],
    [{ routes: {}, requestTimeoutMs: Number.NaN }],
    [{ routes: {}, requestTimeoutMs: 2 ** 40 }],
    [{ routes: {}, store: {} }],
    [{}],
  ])('is thrown for a webhook with %j', async (given) => {
    expect(await problemOf(() => loose(webhookApprover)({ secret: SECRET, ...given }))).toMatch(
      /does not know|is missing/,
    );
  });

  it('is thrown when the harness is made, with an agent or without one', async () => {
    const make = (given: object) => problemOf(() => Reflect.construct(PolicyHarness, [given]));
    for (const agent of [{}, { agent: AGENT }]) {
      expect(await make({ ...agent, policies: POLICIES, onAdjudicaton: run })).toContain(
        'did you mean `onAdjudication`?',
      );
      expect(await make({ ...agent, policies: POLICIES, mode: 'dry' })).toContain('known: enforce, shadow');
    }
    expect(await make({ policies: POLICIES })).toBe('nothing was thrown');
  });

  it('is thrown for the path of a ledger in the place of its rows', async () => {
    expect(await problemOf(() => loose(replay)('ledger.jsonl', { policies: POLICIES }))).toContain('readRows(path)');
  });

  it('names why a ledger cannot be written', async () => {
    expect(await problemOf(() => openLedger(folder))).toMatch(/cannot be written: EISDIR/);
  });

  it.each(['x', '', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'])(
    'says what key a ledger is signed with, where %j is none',
    async (signingKey) => {
      expect(await problemOf(() => openLedger(join(folder, 'never.jsonl'), { signingKey }))).toBe(
        'the signing key cannot be read: needed is the PEM text of a private Ed25519 key, without a password',
      );
    },
  );

  it('is read once, so that what was checked is what counts', async () => {
    let reads = 0;
    const options = {
      get onTimeout() {
        return reads++ === 0 ? 'deny' : 'approve';
      },
    };
    loose(guard)(harness, 'shell', run, options);
    expect(reads).toBe(1);
  });
});
