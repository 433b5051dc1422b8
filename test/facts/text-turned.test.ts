import { describe, expect, it } from 'vitest';
import { textFacts } from '../../src/facts/text-facts.js';
import { ALNUM, drawn, HEX } from './text-samples.js';

function foundIn(text: string): readonly string[] {
  const { secrets, personalData } = textFacts(text, { categories: ['secret', 'personal-data'] });
  return [...secrets, ...personalData];
}

const turned = (text: string): string => [...text].reverse().join('');
const token = turned(`hf_${drawn(ALNUM, 34, 71)}`);
const words = 'velvet orphan kidney ladder absurd tumble garlic notice pudding echo swarm fabric'.split(' ');
const key = `0x${drawn(HEX, 64, 72)}`;

describe('secrets that are written backwards', () => {
  it.each([
    ['huggingface-token', `TOKEN = "${token}"[::-1]`],
    ['huggingface-token', `const key = '${token}'.split('').reverse().join('');`],
    ['huggingface-token', `$t = strrev('${token}');`],
    ['huggingface-token', `echo ${token} | rev > .token`],
    ['huggingface-token', `tok = "".join(reversed("${token}"))`],
    ['huggingface-token', `t = '${token}'.reverse`],
    ['huggingface-token', `new StringBuilder("${token}").reverse().toString()`],
    ['huggingface-token', `Array.from("${token.slice(0, 20)}" + "${token.slice(20)}").reverse().join("")`],
    ['huggingface-token', `Ich habe ihn rückwärts geschrieben: ${token}`],
    ['huggingface-token', `Le jeton est écrit à l'envers : ${token}.`],
    ['database-url', 'db = "bd.piks.gp@9Xq2mTz:ppa//:sergtsop"[::-1]'],
    ['sendgrid-key', `key = "${turned(`SG.${drawn(ALNUM, 22, 73)}.${drawn(ALNUM, 43, 74)}`)}"[::-1]`],
  ])('%s in %j', (kind, text) => {
    expect(foundIn(text)).toContain(kind);
  });

  it.each([
    'seq = "ACGTTGCAACGTTGCAACGTTGCA"[::-1]',
    'assert is_palindrome("amanaplanacanalpanama"[::-1])',
    `items.reverse(); const commit = "${drawn(HEX, 40, 75)}"`,
    'The arguments were reversed: expected `toStrictEqualWithMessage` to come first.',
    'const digits = [..."9876543210123456"].reverse().map(Number)',
    'reverse("Hello_World_2024_test") // "tset_4202_dlroW_olleH"',
    'git log --reverse --format=%H | rev | cut -d/ -f1 | rev',
    'The list is in reverse order: 2024-06-03T08:13:22.123Z, 2024-06-02T08:13:22.123Z',
    'location / { proxy_pass http://127.0.0.1:8080; } # reverse proxy of moc.elpmaxe',
    'Reading the label backwards gives "ytilibaliava_hgih_retsulc".',
  ])('nothing in %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

const listed = (mark: string, gap: string): string => words.map((word, i) => `${i + 1}${mark} ${word}`).join(gap);

describe('words and keys of wallets', () => {
  it.each([
    ['seed-phrase', `I use hardhat with this mainnet wallet:\n\n${listed('.', ' ')}\n\nderived key is wrong`],
    ['seed-phrase', `m/44'/60'/0'/0/0 gives another address\n${listed(')', '\n')}`],
    ['seed-phrase', `Ledger, paper in the safe\n${listed(':', ', ')}`],
    ['seed-phrase', `metamask: ${listed('', ', ')}`],
    ['seed-phrase', `${listed('.', '\n')}\n\nbackup of the bitcoin wallet`],
    [
      'seed-phrase',
      `ledger:\n${[0, 1, 2, 3, 4, 5].map((i) => `${i + 1}. ${words[i]}    ${i + 7}. ${words[i + 6]}`).join('\n')}`,
    ],
    ['seed-phrase', `${words.join(' ')} gives another address at m/84'/0'/0'`],
    ['seed-phrase', `| # | word |  (Trezor)\n${words.map((word, i) => `| ${i + 1} | ${word} |`).join('\n')}`],
    ['private-key-hex', `derived key at m/44'/60'/0'/0/0 is ${key}`],
    ['private-key-hex', `the deployer key is ${key}`],
    ['private-key-hex', `pk = ${key}`],
  ])('%s in %j', (kind, text) => {
    expect(foundIn(text)).toContain(kind);
  });

  it.each([
    `Vocabulary of week 4\n${listed('.', ' ')}`,
    `Order of the presentations: ${listed(')', ', ')}`,
    'Steps 1. open 2. click 3. enter 4. select 5. confirm 6. wait 7. close 8. press 9. check 10. choose 11. update 12. save as the wallet app has them',
    `tx hash ${key} of the deployer`,
    `deployer tx: ${key}`,
    `DEPLOYER_ROLE = ${key}`,
    `block ${key} was signed by the validator`,
    `bytes32 constant ROOT = ${key};`,
    `topics: ["${key}"], owner: 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045`,
    `storage key ${key}`,
    `the verifying key hash of the program is ${key}`,
    'anvil: private key 0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  ])('nothing in %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});

describe('cards told on the telephone', () => {
  it.each([
    "AGENT: the long number on the front?\nCALLER: It's four nine two nine... five three three one...\nAGENT: Yes.\nCALLER: four five nine six, and then seven eight one six.\nAGENT: Expiry?",
    'AGENT: long number? CALLER: four nine two nine. AGENT: Four nine two nine, yes. CALLER: five three three one. AGENT: go on. CALLER: four five nine six seven eight one six.',
    'CALLER: four nine two nine, five double three one, four five nine six, seven eight one six. AGENT: And the security code?',
    'AGENTE: ¿El número de la tarjeta?\nCLIENTE: cuatro nueve dos nueve.\nAGENTE: Ajá.\nCLIENTE: cinco tres tres uno, cuatro cinco nueve seis, y siete ocho uno seis.',
    'KUNDE: vier neun zwei neun ... fünf drei drei eins\nAGENT: ja\nKUNDE: vier fünf neun sechs und dann sieben acht eins sechs.\nAGENT: Gültig bis?',
    "CLIENT : quatre neuf deux neuf, cinq trois trois un\nAGENT : oui\nCLIENT : quatre cinq neuf six, puis sept huit un six. Le cryptogramme c'est quatre zéro neuf.",
    'AGENTE: la carta?\nCLIENTE: quattro nove due nove, cinque tre tre uno... quattro cinque nove sei... sette otto uno sei.',
  ])('a payment card in %j', (text) => {
    expect(foundIn(text)).toContain('payment-card');
  });

  it.each([
    'The countdown: four three two one. The security code has three digits. five four three two one zero.',
    'CALLER: my order number is four nine two nine. AGENT: and the expiry of the offer? CALLER: one two.',
    'AGENT: long number? CALLER: four nine two nine, five three three one, four five nine six, seven eight one seven.',
    'The long number on the front of the engine reads seven one one, two four, nine eight.',
    'A test card: four two four two, four two four two, four two four two, four two four two.',
  ])('no payment card in %j', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});
