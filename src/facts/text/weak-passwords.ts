/**
 * Words that stand in the place of a password in examples and development setups. Anybody would try them first, so that
 * nothing is given away with them, and counting them would make every sample configuration an alarm.
 */
const WEAK = new Set([
  'anonymous', 'anoncvs', 'user@site',
  'admin', 'administrator', 'apikey', 'auth', 'bar', 'baz', 'change', 'changeit', 'changeme', 'credential', 'credentials', 'db', 'dbpass', 'default', 'demo',
  'dev', 'development', 'docker', 'empty', 'env', 'false', 'foo', 'foobar', 'guest', 'hello', 'hidden', 'invalid', 'key', 'letmein', 'local',
  'localhost', 'login', 'minioadmin', 'mock', 'mongo', 'mypass', 'mypassword', 'mysecret', 'mysecretpassword', 'mysql', 'mytoken', 'newpassword', 'nil', 'none',
  'null', 'oldpassword', 'optional', 'pass', 'passphrase', 'passw', 'passwd', 'password', 'passwort', 'postgres', 'prod', 'production', 'prompt', 'pw',
  'pwd', 'pword', 'qwerty', 'rabbitmq', 'redis', 'required', 'root', 'sa', 'sample', 'secret', 'secretkey', 'secretpassword', 'sqlpass', 'staging',
  'string', 'sudo', 'supersecret', 'supersecretpassword', 'test', 'testing', 'testpass', 'testpassword', 'token', 'toor', 'true', 'undefined', 'user', 'username', 'userpass',
  'userpassword', 'value', 'wrong', 'wrongpassword', 'yourpassword', 'apassword', 'thepassword', 'somepassword', 'anypassword', 'goodpassword', 'badpassword', 'abc', 'asdf',
]);

/** Whether a password is empty, a single character repeated, a count or one of the usual stand-ins, digits and punctuation at the end aside. */
export function isWeakPassword(password: string): boolean {
  if (password.length < 4) return true;
  if (/^(?:012|123|098|987)\d*$/.test(password)) return true;
  const stem = password.toLowerCase().replace(/[-_\s.]/g, '').replace(/\d{0,4}$/, '');
  return stem === '' ? password.length < 5 : WEAK.has(stem) && !/\d{4}$/.test(password.replace(/1234$/, ''));
}
