import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFORMANCE } from '../support/conformance-data.js';
import { readCorpus } from '../support/corpus.js';

/** Every policy file of the conformance data by its path; the corpus is named as in its archive. */
export function policyFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (CONFORMANCE === undefined) return files;
  for (const entry of readdirSync(CONFORMANCE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.cedar')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(CONFORMANCE.length + 1), readFileSync(path, 'utf8'));
  }
  for (const [path, text] of readCorpus()) {
    if (path.endsWith('.cedar')) files.set(path, text);
  }
  return files;
}

/** Small policies that together use every construct of the language; mutations start from them as well as from files. */
export const EVERY_CONSTRUCT: readonly string[] = [
  '@id("a") @if @in("\\u{41}\\n") permit(principal, action, resource,);',
  'forbid(principal == User::"a", action == Action::"x", resource in A::B::"c");',
  'permit(principal is User, action in [Action::"x", N::Action::"y",], resource is A::B in (G::"g"));',
  'permit(principal in (User::"a"), action in ([(Action::"x")]), resource) when { true } unless { false };',
  'permit(principal == ?principal, action, resource in ?resource);',
  'permit(principal is User in ?principal, action in [], resource is A in (?resource)) when { 1 < 2 };',
  'permit(principal, action, resource) when { -9223372036854775808 == --1 && !(-(1) == ----007) };',
  'permit(principal, action, resource) when { 1 + 2 * 3 - -4 <= (5 - 6) * 7 || 8 >= 9 || 10 != 11 };',
  'permit(principal, action, resource) when { context.a["b"].c.contains(1) && ["a", "b",].containsAll([]) };',
  'permit(principal, action, resource) when { principal has a.b.c || context has "x y" || resource has when };',
  'permit(principal, action, resource) when { principal.name like "a*\\*\\u{2a}" || "a" like "" };',
  'permit(principal, action, resource) when { principal is User in G::"g" && resource is A::B && !!!!true };',
  'permit(principal, action, resource) when { if principal in [G::"a"] then {a: 1, "b": {}, permit: [{}]} == {} else if true then 1 else 2 };',
  'permit(principal, action, resource) when { ip("1.1.1.1").isInRange(ip("1.0.0.0/8")) && decimal("1.0").lessThan(decimal("2.0"),) };',
  'permit(principal, action, resource) when { datetime("2024-01-01").offset(duration("1h")).toDate() < datetime("2025-01-01") };',
  'permit(principal, action, resource) when { principal.hasTag("k") && principal.getTag("k") == action && [].isEmpty() };',
  'permit(principal, action, resource) when { // c\n principal::"a" == permit::User :: // d\r "\\x41\\0" };',
  'permit(principal, action, resource) when { (((principal.if_then))).contains == [[1], [[2]]] };',
];
