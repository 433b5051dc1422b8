import { describe, expect, it } from 'vitest';
import { redact, textFacts } from '../../src/facts/text-facts.js';
import { ALNUM, base64, drawn, HEX, URL_SAFE } from './text-samples.js';

function secretsIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['secret'] }).secrets;
}

const WORDS = 'marble orbit velvet canyon dismiss tuna fragile ladder oxygen banner cradle sunset';
const manifest = (data: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: api-db\n  labels:\n    app: api\ndata:\n${data}\ntype: Opaque\n`;

describe('secrets that are told or carried', () => {
  it.each([
    ['kubernetes-secret', manifest(`  DB_USER: ${base64('api')}\n  DB_PASSWORD: ${base64('Th3p1ffH1ytGN9r')}`)],
    ['kubernetes-secret', `{"kind": "Secret", "data": {"token": "${base64(drawn(ALNUM, 20, 4))}"}}`],
    ['seed-phrase', `wallet recovery (do not lose!!): ${WORDS}`],
    ['seed-phrase', `助记词：${WORDS}`],
    [
      'seed-phrase',
      `Frase de recuperación\n${WORDS.split(' ')
        .map((word, i) => `${i + 1}. ${word}`)
        .join('\n')}`,
    ],
    ['seed-phrase', `seed = ["${WORDS.replaceAll(' ', '", "')}"]`],
    ['generic-secret', `<machineKey validationKey="${drawn(HEX, 128, 2).toUpperCase()}" validation="HMACSHA256" />`],
    ['generic-secret', `<machineKey decryption="AES" decryptionKey="${drawn(HEX, 64, 3).toUpperCase()}" />`],
    ['spelled-password', 'the pass is: capital Q, seven, lowercase v, dollar sign, capital M, two, lowercase z, nine'],
    ['spelled-password', 'Passwort: großes Q, sieben, kleines v, Dollarzeichen, großes M, zwei, Ausrufezeichen'],
    ['spelled-password', 'uppercase tango, lowercase kilo, four, four, hash, uppercase victor, at sign, one'],
    ['spelled-password', 'mot de passe : Q majuscule, sept, v minuscule, dollar, M majuscule, deux, z minuscule'],
    ['generic-secret', 'The first half of the API key is "q8Zr2LxV", the second half is "w0Bt6NyK".'],
    ['discord-token', `import discord\nbot.run("M${drawn(ALNUM, 25, 5)}.GOmerT.${drawn(URL_SAFE, 38, 6)}")`],
    [
      'stripe-webhook-secret',
      `The secret is\n  whsec_${drawn(ALNUM, 16, 7)}\n  ${drawn(ALNUM, 16, 8)}\n(join both lines)`,
    ],
    ['github-token', `token: ghp_${drawn(ALNUM, 20, 9)}\\\n        ${drawn(ALNUM, 16, 10)}`],
  ])('%s in %j', (kind, text) => {
    expect(secretsIn(text)).toContain(kind);
    expect(secretsIn(redact(text))).not.toContain(kind);
  });

  it.each([
    manifest(`  username: ${base64('admin')}\n  password: ${base64('1f2d1e2e67df')}`),
    manifest(`  password: ${base64('changeme')}\n  token: ${base64('your-token-here')}`),
    manifest('  tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'),
    `kind: ConfigMap\ndata:\n  motd: ${base64('Th3p1ffH1ytGN9r')}`,
    `kind: SecretStore\nspec:\n  data:\n    cert: ${base64('Th3p1ffH1ytGN9r')}`,
    'wallet features: swap stake bridge earn lend borrow trade vote mint burn claim',
    'seed words: abandon ability able about above absent absorb abstract absurd abuse access accident',
    'The seed: twelve words that restore a wallet, to be kept safe from everybody else who asks',
    'a name begins with a capital letter, then lowercase letters, digits and dashes, at most 63 characters',
    'capital A, capital B and capital C are the vertices',
    'the token starts with `ghp_` and then has 36 letters and digits',
    'postgresql://[user[:password]@][host][:port][/dbname]. Example: postgresql://user:secret@localhost/mydb',
    '--starting-token abCDeFGhiJKlmnOPqrSTuvwxYZ1aBCdEFghijK7LM51nOpqRSTuv3WxY3Zab',
    '"RecycleBinFolderId": "642b7dd3e60b14204534f3df7b1959e01b5d170f8c2707f410e40a8149120a57"',
    'Code cleanup, docfix, build fix, etc.\n   (merge 89ba9a79ae hb/t0061-dot-in-path-fix later to maint).',
    '"PWD": "/home/node/project", "LANG": "en_US.UTF-8"',
    '"ARN": "arn:aws:secretsmanager:us-west-2:123456789012:secret:MySecret1-a1b2c3"',
  ])('are not seen in %j', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });

  it.each([
    'kind: secret\ndata:\n',
    'capital a ',
    'capital Q, ',
    'seed\n',
    'wallet: marble orbit ',
    'the first half of the key is "q8Zr", then ',
    'ghp_abcd\n ',
    'whsec_aB3\n  ',
  ])('are looked for in linear time in a text of %j over and over', (piece) => {
    const long = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(textFacts(long, { categories: ['secret'] }).length).toBe(long.length);
  });
});
