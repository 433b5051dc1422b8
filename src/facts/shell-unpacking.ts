import { touch } from './shell-actions.js';
import type { Call } from './shell-call.js';
import { plainField, sliceField } from './shell-values.js';

/** Archivers whose first word says what they do. */
const byLetter = new Set(['7z', '7za', '7zz', '7zr', 'jar']);
/** Modules that are run as programs: the archive, and the folder that it is unpacked into. */
const modules = new Set(['zipfile', 'tarfile', 'shutil']);

/** Records the folder that an archiver unpacks into, where that is said by its own kind of words. */
export function noteUnpacking({ machine, name, fields, args }: Call): void {
  const here = plainField('.');
  if (name === 'pax') {
    const flags = args.flags.map((flag) => flag.name);
    if (flags.includes('-r')) touch(machine, 'written', flags.includes('-w') ? (args.operands.at(-1) ?? here) : here);
  } else if (byLetter.has(name)) {
    const verb = fields[1]?.text ?? '';
    const isJar = name === 'jar';
    if (!(isJar ? /^(?:-?[a-z]*x[a-z]*|--extract)$/ : /^[xe]$/).test(verb)) return;
    const at = fields.findIndex(
      ({ text }, i) => i > 1 && (isJar ? text === '-C' || text === '--dir' : text.startsWith('-o')),
    );
    const folder = at < 0 ? undefined : isJar ? fields[at + 1] : sliceField(fields[at] ?? here, 2);
    touch(machine, 'written', folder ?? here);
  } else if (modules.has(name) && fields.some(({ text }) => text === '-e' || text === '--extract')) {
    const at = fields.findIndex(({ text }) => text === '-e' || text === '--extract');
    touch(machine, 'written', fields[at + 2] ?? here);
  }
}
