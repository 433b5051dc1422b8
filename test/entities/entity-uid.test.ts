import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntityUid } from '../../src/entities/entity-uid.js';
import { printEntityUid } from '../../src/values/print.js';
import { entityUid } from '../../src/values/value.js';

describe('parseEntityUid', () => {
  it.each<[string, string, string]>([
    ['User::"alice"', 'User', 'alice'],
    ['A::B::C::""', 'A::B::C', ''],
    [' A :: // c\n B\u00a0:: "x" // end', 'A::B', 'x'],
    [String.raw`A::"\n\r\t\\\0\'\""`, 'A', '\n\r\t\\\0\'"'],
    [String.raw`A::"\x41\u{e9}\u{1_F600}"`, 'A', 'Aé😀'],
    ['A::"line\nend 😀"', 'A', 'line\nend 😀'],
    ['principal::"x"', 'principal', 'x'],
    ['A::"a//b"', 'A', 'a//b'],
  ])('reads %j', (text, type, id) => {
    expect(parseEntityUid(text)).toEqual({ ok: true, value: entityUid(type, id), diagnostics: [] });
  });

  it.each<[string, string, number]>([
    ['', 'bad-entity-uid', 0],
    ['User', 'bad-entity-uid', 4],
    ['User::', 'bad-entity-uid', 6],
    ['User::alice', 'bad-entity-uid', 11],
    ['"x"', 'bad-entity-uid', 0],
    ['User:"x"', 'bad-entity-uid', 4],
    ['User::"x" y', 'bad-entity-uid', 10],
    ['User::"x', 'bad-entity-uid', 6],
    ['if::"x"', 'bad-type-name', 0],
    ['A::__cedar::"x"', 'bad-type-name', 3],
    [String.raw`A::"\x80"`, 'bad-escape', 3],
    [String.raw`A::"\u{d800}"`, 'bad-escape', 3],
    [String.raw`A::"\u{1234567}"`, 'bad-escape', 3],
    [String.raw`A::"\u{_1}"`, 'bad-escape', 3],
    [String.raw`A::"\*"`, 'bad-escape', 3],
    ['A::"\r"', 'bad-escape', 3],
    ['A::"\ud800"', 'bad-escape', 3],
    ['A::"\\\n"', 'bad-entity-uid', 3],
  ])('refuses %j and says where', (text, code, start) => {
    const { diagnostics } = parseEntityUid(text);
    expect(diagnostics.map((d) => d.code)).toEqual([code]);
    expect(diagnostics[0]?.labels[0]?.span.start).toBe(start);
    expect(diagnostics[0]?.help).toBeTypeOf('string');
  });

  it('accepts what the official engine accepts in a scope', () => {
    const piece = fc.constantFrom(
      'A',
      'B',
      '::',
      '::',
      ' ',
      '"x"',
      String.raw`"\n"`,
      String.raw`"\x7f"`,
      String.raw`"\u{0_0_41}"`,
      String.raw`"\q"`,
      '"é',
      '"',
      '\\',
      '\u2003',
      '//c\n',
      'if',
      '_a1',
      '\r',
      '\u200b',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join('')),
      fc.tuple(piece, piece, piece, piece).map(([a, b, c, d]) => `A${a}::${b}B::${c}"i${d}"`),
      fc
        .string({
          unit: fc.constantFrom('\\', 'x', 'u', '{', '}', '4', '1', '_', 'n', '0', 'D', "'", '*', '\n', '\r', '\0'),
        })
        .map((id) => `A::"${id}"`),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        // A newline keeps a comment in the candidate from reaching what follows it.
        const answer = cedar.policyToJson(`permit(principal == ${candidate}\n, action, resource);`);
        const expected =
          answer.type === 'success' && 'entity' in answer.json.principal ? answer.json.principal.entity : undefined;
        const own = parseEntityUid(candidate);
        expect(own.ok ? { type: own.value.type, id: own.value.id } : undefined).toEqual(expected);
      }),
      { numRuns: Number(process.env.DEODAR_RUNS ?? 2000) },
    );
  });

  it('reads what is printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const uid = entityUid('A::B', id);
        expect(parseEntityUid(printEntityUid(uid))).toEqual({ ok: true, value: uid, diagnostics: [] });
      }),
      { numRuns: 2000 },
    );
  });

  it('takes linear time and no stack for long texts', () => {
    const long = 'x'.repeat(3_000_000);
    expect(parseEntityUid(`A::"${long}"`).ok).toBe(true);
    expect(parseEntityUid(`A::"${'\\n'.repeat(1_000_000)}"`).ok).toBe(true);
    expect(parseEntityUid(`${'A::'.repeat(500_000)}"x"`).ok).toBe(true);
    expect(parseEntityUid(`${' '.repeat(3_000_000)}${'//\n'.repeat(300_000)}A::"x"`).ok).toBe(true);
    expect(parseEntityUid(long).ok).toBe(false);
  });
});
