import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import type { Source, Span } from '../text/source.js';
import type { SchemaSyntaxCode } from './schema-codes.js';
import type { SyntaxCode } from './syntax-codes.js';

/** So many problems of one text are reported; a text with more is not a policy text with mistakes in it. */
const MAX_PROBLEMS = 1000;

/** What a problem says apart from its code, place and message. */
export interface Remarks {
  readonly help?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Another place that explains the first. */
  readonly related?: { readonly span: Span; readonly message: string } | undefined;
}

/**
 * Collects what is wrong with one text. What the scanner has complained about is not complained about again: a later
 * problem whose place overlaps an unreadable one is dropped.
 */
export class Problems {
  readonly source: Source;
  private readonly found: Diagnostic[] = [];
  /** Places of the scanner's problems, in the order of the text. */
  private readonly unreadable: Span[] = [];
  /** Where strings begin that are never closed. */
  private readonly unclosed: number[] = [];
  private policyStart = 0;
  private overflow = false;

  constructor(source: Source) {
    this.source = source;
  }

  /** Whether there are so many problems that reading on is pointless. */
  get isFull(): boolean {
    return this.overflow;
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  /** A problem with the characters of the text; called in the order of the text, before any other problem. */
  reportUnreadable(code: SyntaxCode, span: Span, message: string, remarks: Remarks = {}): void {
    this.unreadable.push(span);
    if (code === 'unterminated-string') this.unclosed.push(span.start);
    this.add(code, span, message, remarks);
  }

  report(code: SyntaxCode | SchemaSyntaxCode, span: Span, message: string, remarks: Remarks = {}): void {
    if (!this.isUnreadable(span) && !this.followsUnclosed(span)) this.add(code, span, message, remarks);
  }

  /** Says where the policy begins that is read next. */
  beginPolicy(offset: number): void {
    this.policyStart = offset;
  }

  /** Forgets the scanner's problems from an offset on, because that part of the text is scanned anew. */
  forgetFrom(offset: number): void {
    while ((this.unreadable.at(-1)?.start ?? -1) >= offset) {
      this.unreadable.pop();
      this.found.pop();
    }
  }

  /** All problems in the order of the text. */
  inOrder(): readonly Diagnostic[] {
    const start = (d: Diagnostic): number => d.labels[0]?.span.start ?? 0;
    return this.found.sort((a, b) => start(a) - start(b));
  }

  /** Behind a string that was never closed the rest of a policy says nothing about its author. */
  private followsUnclosed(span: Span): boolean {
    return this.unclosed.some((start) => start >= this.policyStart && start <= span.start);
  }

  private isUnreadable(span: Span): boolean {
    let low = 0;
    let high = this.unreadable.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.unreadable[middle]?.end ?? 0) <= span.start) low = middle + 1;
      else high = middle;
    }
    const next = this.unreadable[low];
    return next !== undefined && next.start < Math.max(span.end, span.start + 1);
  }

  private add(code: SyntaxCode | SchemaSyntaxCode, span: Span, message: string, remarks: Remarks): void {
    if (this.overflow) return;
    const { source } = this;
    if (this.found.length >= MAX_PROBLEMS) {
      this.overflow = true;
      this.found.push(
        diagnostic(
          'too-many-problems' satisfies SyntaxCode,
          `more than ${MAX_PROBLEMS} problems: reading stopped here`,
          {
            labels: [{ source, span }],
            help: 'check that this is Cedar text; otherwise correct the problems above first',
          },
        ),
      );
      return;
    }
    const related = remarks.related === undefined ? [] : [{ source, ...remarks.related }];
    this.found.push(
      diagnostic(code, message, {
        labels: [{ source, span }, ...related],
        help: remarks.help,
        ...(remarks.data === undefined ? {} : { data: remarks.data }),
      }),
    );
  }
}
