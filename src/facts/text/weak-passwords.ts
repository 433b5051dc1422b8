import { ALNUM, DIGIT, isIn } from './characters.js';

/**
 * Words that stand in the place of a password in examples and development setups. Anybody would try them first, so that
 * nothing is given away with them, and counting them would make every sample configuration an alarm.
 */
const WEAK = new Set(
  (
    'abc admin administrator anoncvs anonymous anypassword apassword apikey asdf auth badpassword bar baz ' +
    'change changeit changeme credential credentials db dbpass default demo dev development docker empty env ' +
    'false foo foobar goodpassword guest hello hidden invalid key letmein local localhost login minioadmin ' +
    'mock mongo mypass mypassword mysecret mysecretpassword mysql mytoken newpassword nil none null ' +
    'oldpassword opensesame optional pass passphrase passw passwd password passwort postgres prod production prompt pw ' +
    'pwd pword qwerty rabbitmq redis required root sa sample secret secretkey secretpassword somepassword ' +
    'sqlpass staging string sudo supersecret supersecretpassword test testing testpass testpassword ' +
    'thepassword token toor true undefined user user@site username userpass userpassword value wrong ' +
    'wrongpassword yourpassword'
  ).split(' '),
);

/** Stems that stay stand-ins with any number behind them: what tests and examples are full of. */
const WEAK_WITH_NUMBER = new Set(
  'abc changeme demo dummy foo foobar bar baz hello mock mypassword mypass mysecret newpassword oldpassword pass passwd password passwort pw pwd sample secret topsecret string test testing testpass testpassword token user username value wrong wrongpassword yourpassword'.split(
    ' ',
  ),
);

/** Letters and digits of the longest of these words with a number behind it. */
const LONGEST_WEAK = Math.max(...[...WEAK, ...WEAK_WITH_NUMBER].map(({ length }) => length)) + 4;

function alnumIn(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (isIn(text.charCodeAt(i), ALNUM)) count++;
  return count;
}

/** Whether a password is as good as none: too short, a count, or one of the usual stand-ins, some of them with a number behind. */
export function isWeakPassword(password: string): boolean {
  if (password.length > LONGEST_WEAK && alnumIn(password) > LONGEST_WEAK && !isIn(password.charCodeAt(0), DIGIT))
    return false;
  if (password.length < 4 || /^(?:012|123|098|987)\d*$/.test(password)) return true;
  const plain = password.toLowerCase().replace(/[-_\s.]/g, '');
  const stem = plain.replace(/\d{1,4}$/, '');
  return stem === ''
    ? plain.length < 5
    : WEAK.has(plain) || (WEAK_WITH_NUMBER.has(stem) && !/(?:19|20)\d\d$/.test(plain));
}

/** Whether a password in a URL is as good as none; a number behind the word counts unless the host is only an example or this machine. */
export function isWeakUrlPassword(password: string, host: string): boolean {
  if (!isWeakPassword(password)) return false;
  return (
    password.length < 6 ||
    !/\d$/.test(password) ||
    /^\d+$/.test(password) ||
    /^(?:localhost|127\.|0\.0\.0\.0|host\b|db\b|\[|example\.|[\w.-]*\.example\.)/.test(host)
  );
}
