import { spawnSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { createSource, type Source } from '../text/source.js';
import type { Session } from './command.js';

/** Policy files as they were in a revision of git; `inputs` are files and folders. */
export function policiesAt(session: Session, revision: string, inputs: readonly string[]): Result<readonly Source[]> {
  if (revision.startsWith('-')) return refuse(revision, 'it begins like an option');
  const git = (...args: readonly string[]): { readonly ok: boolean; readonly text: string } => {
    const { status, stdout, stderr, error } = spawnSync('git', args, {
      cwd: session.cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    return status === 0 ? { ok: true, text: stdout } : { ok: false, text: error?.message ?? stderr.trim() };
  };
  const top = git('rev-parse', '--show-toplevel');
  if (!top.ok) return refuse(revision, top.text);
  const paths = inputs.map(
    (input) => relative(top.text.trim(), resolve(session.cwd, input)).replaceAll('\\', '/') || '.',
  );
  const listed = git('ls-tree', '-r', '-z', '--full-tree', '--name-only', revision, '--', ...paths);
  if (!listed.ok) return refuse(revision, listed.text);
  const files = listed.text.split('\0').filter((file) => /\.cedar$/i.test(file));
  if (files.length === 0) return refuse(revision, 'it has no policy files there');
  const sources: Source[] = [];
  for (const file of files) {
    const shown = git('show', `${revision}:${file}`);
    if (!shown.ok) return refuse(revision, shown.text);
    sources.push(createSource(shown.text, `${revision}:${file}`));
  }
  return success(sources);
}

function refuse(revision: string, why: string): Result<never> {
  return failure([diagnostic('no-revision', `the revision ${JSON.stringify(revision)} cannot be read: ${why}`)]);
}
