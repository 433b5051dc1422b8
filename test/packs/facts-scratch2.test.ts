import { it } from 'vitest';
import { shellFacts } from '../../src/facts/index.js';
it('x', () => {
  const globs: any = {};
  for (const p of ['.env', '.env.*', '*.env', '.envrc', 'secrets.json', 'secrets/**', '.secrets/**', 'config/master.key', '**/.git/**', '**/.ssh/**', '*.pem', '.claude/**', '**/.claude/**', '.github/workflows/**', 'CODEOWNERS', './**', '~/**', '**/.aws/**']) globs[p] = [p];
  for (const c of ["find src -name '*.ts' -exec wc -l {} +", "find . -name '*.pyc' -delete", "find . -name '.DS_Store' -delete", 'git ls-files | xargs wc -l', "cat src/*.ts", "find . -type f | xargs grep foo", "find . -name '*.md' | xargs cat", "cat *", "grep -rn foo .", "cat .*","cat $X/.env", "cat $X", "cat ~/$X", "find ~ -name 'id_*' | xargs cat", "find . -name '.e*' -exec cat {} +", "find . -name '*env' | xargs cat", "find . -type f -exec cat {} +", "find . -maxdepth 1 -type f -exec cat {} +", "rg --hidden -uu KEY", "grep -r KEY .", "find . | xargs rm","cat $(ls -a | grep env)", "for f in $(ls -A); do cat $f; done", "for f in .*; do cat $f; done"]) {
    const f: any = shellFacts(c, { cwd: '/workspace/app', workspace: '/workspace/app', home: '/home/dev', globs });
    console.log(c, '| R', f.globsRead.join(' '), '| W', f.globsWritten.join(' '), '| D', f.globsDeleted.join(' '), f.deletesWorkspaceRoot, f.dynamicPaths, f.opaqueReasons.join());
  }
});
