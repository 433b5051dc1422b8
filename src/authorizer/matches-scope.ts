import type { RequestSubject, ScopeTest, Subject } from './index-types.js';

/** Whether a principal or resource of a request is one that a scope asks for. */
export function matchesScope({ kind, entityType, subject }: ScopeTest, asked: RequestSubject): boolean {
  switch (kind) {
    case 'any':
      return true;
    case 'equal':
      return asked.subject === subject;
    case 'in':
      return isAtOrBelow(asked, subject);
    case 'is':
      return asked.uid.type === entityType && (subject === undefined || isAtOrBelow(asked, subject));
  }
}

function isAtOrBelow({ subject, above }: RequestSubject, target: Subject | undefined): boolean {
  return target !== undefined && (subject === target || above.includes(target));
}
