import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('what a data store is sent', () => {
  test.each([
    ["redis-cli <<'EOF'\nSET a 1\nCONFIG SET dir /x\nEOF", 'redis-cli config'],
    ['redis-cli <<EOF\nSET a $(date)\nFLUSHALL\nEOF', 'redis-cli flushall'],
    ["printf 'SLAVEOF 203.0.113.9 6379\\n' | valkey-cli", 'redis-cli slaveof'],
    ['echo \'"FLUSHDB" async\' | redis-cli --pipe', 'redis-cli flushdb'],
  ])('%s is %s', (command, operand) => {
    expect(factsOf(command).operands).toContain(operand);
  });

  test('is read by the names in it where it is code', () => {
    expect(factsOf("mongosh <<'EOF'\ndb.dropDatabase()\nEOF").codeNames).toContain('.dropdatabase');
  });

  test.each([
    ['psql prod <<EOF\ninsert into a values ($(date));\ndrop table b;\nEOF', 'psql drop table'],
    ["psql -d app_dev <<'EOF'\n\\c app\ntruncate b;\nEOF", 'psql truncate'],
    ['psql -h db.example.com -d app_dev -c "truncate b"', 'psql truncate'],
    ['psql -d app_dev -c "drop table x.b"', 'psql drop table'],
  ])('%s counts as %s', (command, name) => {
    expect(factsOf(command).commands).toContain(name);
  });

  test.each([
    ['docker compose exec -T db psql -U a -d app_dev -c "truncate b"', 'psql truncate'],
    ["psql -d app_dev <<'EOF'\nbegin;\ntruncate table a, b cascade;\ncommit;\nEOF", 'psql truncate'],
    ['psql postgres://localhost/app_development -c "drop table if exists b"', 'psql drop'],
  ])('%s does not, for it is a database of development', (command, name) => {
    expect(factsOf(command).commands).not.toContain(name);
    expect(factsOf(command).commands).toContain(`${name}-test`);
  });
});
