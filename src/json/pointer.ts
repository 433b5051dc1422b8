/** A step into JSON data: a key of an object or an index of an array. */
export type JsonStep = string | number;

/** JSON pointer (RFC 6901) of a member of what `parent` points to. */
export function memberPointer(parent: string, step: JsonStep): string {
  if (typeof step === 'number') return `${parent}/${step}`;
  // Most keys need no escape, and to look is faster than to replace nothing.
  if (!step.includes('~') && !step.includes('/')) return `${parent}/${step}`;
  return `${parent}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** JSON pointer that follows `steps` from what `base` points to. */
export function pointerOf(steps: readonly JsonStep[], base = ''): string {
  return steps.reduce<string>(memberPointer, base);
}

/** Keys of a JSON pointer, unescaped; undefined when the text is not a JSON pointer. */
export function pointerKeys(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
