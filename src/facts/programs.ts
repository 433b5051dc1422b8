import { programNamed } from './program-tables.js';
import type { Program } from './programs-program.js';

/** Names under which systems install the same program. */
const otherNames = new Map<string, string>(
  Object.entries({
    nodejs: 'node',
    'valkey-cli': 'redis-cli',
    'keydb-cli': 'redis-cli',
    iredis: 'redis-cli',
    mawk: 'awk',
    nawk: 'awk',
    gawk: 'awk',
    egrep: 'grep',
    fgrep: 'grep',
    tofu: 'terraform',
    bsdtar: 'tar',
    gtar: 'tar',
    vimdiff: 'vim',
    rvim: 'vim',
    pypy3: 'pypy',
    'nc.traditional': 'nc',
    'nc.openbsd': 'nc',
    'npm-cli.js': 'npm',
    'pnpm-cli.js': 'pnpm',
    'vim.tiny': 'vim',
    'vim.basic': 'vim',
    rview: 'view',
    vimx: 'vim',
    mvim: 'vim',
    gvim: 'vim',
    pico: 'nano',
    c89: 'cc',
    c99: 'cc',
    kafkacat: 'kcat',
    rpmdb: 'rpm',
    rpmquery: 'rpm',
    rpmverify: 'rpm',
    rpmbuild: 'rpm',
    'octave-cli': 'octave',
    posh: 'sh',
    sash: 'sh',
    rc: 'sh',
    oksh: 'ksh',
    loksh: 'ksh',
    pfexec: 'sudo',
    please: 'sudo',
    sudo_root: 'sudo',
    k: 'kubectl',
    changesets: 'changeset',
  }),
);

/** A program and the name that facts use for it. */
interface NamedProgram {
  readonly name: string;
  readonly program: Program | undefined;
}

const found = new Map<string, NamedProgram>();

/**
 * The program that a base name stands for; versions, GNU prefixes, other names and a different case lead to the same.
 *
 * `pip3.11` is `pip`, `gsed` is `sed`, `mkfs.ext4` is `mkfs`, `RM` is `rm` as on file systems without case.
 */
export function findProgram(base: string): NamedProgram {
  const known = found.get(base);
  if (known !== undefined) return known;
  const named = resolve(base);
  // Only names of the tables are remembered, so that hostile input cannot fill the memory.
  if (named.program !== undefined && found.size < 4096) found.set(base, named);
  return named;
}

function resolve(base: string): NamedProgram {
  if (base.length > 64) return { name: base, program: undefined };
  for (const name of candidates(base)) {
    const program = programNamed(name);
    if (program !== undefined) return { name, program };
  }
  return { name: base, program: undefined };
}

function candidates(base: string): readonly string[] {
  const names: string[] = [base];
  const add = (name: string): void => {
    names.push(name);
    // What is left of `k6` without its digit is no other name of anything.
    const other = name.length > 1 || name === base ? otherNames.get(name) : undefined;
    if (other !== undefined) names.unshift(other);
  };
  add(base);
  const lower = base.toLowerCase();
  if (lower !== base) add(lower);
  add(lower.replace(/\.(exe|cmd|bat|ps1)$/, ''));
  add(lower.replace(/-?\d+(\.\d+)*$/, ''));
  if (lower.startsWith('mkfs.')) add('mkfs');
  if (/^ld(-linux[\w-]*|-musl[\w-]*)?\.so(\.\d)?$/.test(lower)) add('ld.so');
  if (lower.startsWith('g') && gnuNames.has(lower.slice(1))) add(lower.slice(1));
  return names;
}

const gnuNames = new Set(
  'rm cp mv ln ls cat head tail sed tar find xargs grep awk make stat sort uniq cut chmod chown touch mkdir rmdir date readlink realpath timeout dd tee shred truncate env nice nohup tac wc du df install split base64 sha256sum md5sum'.split(
    ' ',
  ),
);
