import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesOfBase58, isBase58Checked } from '../../src/facts/text/base58.js';
import { findings, redact, textFacts } from '../../src/facts/text-facts.js';
import { ALNUM, BASE64, drawn, HEX, UPPER, URL_SAFE } from './text-samples.js';

function secretsIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['secret'] }).secrets;
}

function personalIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['personal-data'] }).personalData;
}

const SIGNS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function base58(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let word = '';
  for (; rest > 0n; rest /= 58n) word = SIGNS.charAt(Number(rest % 58n)) + word;
  return word;
}

/** A wallet key as it is imported: version, 32 bytes, a one for the short form of the address, checksum. */
function walletKey(seed: number, short: boolean): string {
  const key = Uint8Array.from([0x80, ...sha256(Uint8Array.of(seed)), ...(short ? [1] : [])]);
  return base58(Uint8Array.from([...key, ...sha256(sha256(key)).subarray(0, 4)]));
}

/** The frame of a key in base64 with what is no text behind it, which base64 of a key without lines is not either. */
function encodedKey(label: string, seed: number, length = 400): string {
  const frame = Buffer.from(`-----BEGIN ${label}-----\nMII`).toString('base64').slice(0, -4);
  return frame + drawn(BASE64, length, seed);
}

const codes = (text: string, base: number, mark = ', ', before = ''): string =>
  Array.from(text, (one) => before + one.charCodeAt(0).toString(base)).join(mark);

const MADE_UP = 'Tk9#Fskuq0aI!7xw';

describe('wallet keys', () => {
  it.each([
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])('are found by their checksum, wherever they stand (seed %i)', (seed, short) => {
    const key = walletKey(seed, short);
    expect(isBase58Checked(bytesOfBase58(key) ?? new Uint8Array())).toBe(true);
    const text = `here you go: ${key} - sweep the rest later`;
    expect(findings(text, { categories: ['secret'] })).toEqual([
      { category: 'secret', kind: 'wallet-key', start: 13, end: 13 + key.length, encoded: false },
    ]);
    expect(secretsIn(redact(text))).toEqual([]);
  });

  it('are found with a wrong checksum only where wallets are spoken of', () => {
    const key = walletKey(5, true);
    const other = `${key.slice(0, 40)}${key[40] === 'x' ? 'y' : 'x'}${key.slice(41)}`;
    expect(isBase58Checked(bytesOfBase58(other) ?? new Uint8Array())).toBe(false);
    expect(secretsIn(`# Wallet dump created by Bitcoin\n${other} 2023-11-02T17:44:19Z label=savings`)).toEqual([
      'wallet-key',
    ]);
    expect(secretsIn(`cursor=${other}`)).toEqual([]);
  });

  it('has bytes only for words of its signs', () => {
    expect(bytesOfBase58('0OIl')).toBeUndefined();
    expect([...(bytesOfBase58('2NEpo7TZRRrLZSi2U') ?? [])]).toEqual([...Buffer.from('Hello World!')]);
    expect(isBase58Checked(new Uint8Array())).toBe(false);
  });
});

describe('secrets of other programs', () => {
  it.each([
    ['private-key', `    client-key-data: ${encodedKey('RSA PRIVATE KEY', 1)}==`],
    ['private-key', `SIGNING=${encodedKey('EC PRIVATE KEY', 2, 120)}`],
    ['private-key', `key: "${encodedKey('PRIVATE KEY', 3)}"`],
    ['ssh-private-key', `content: ${encodedKey('OPENSSH PRIVATE KEY', 4, 64)}\r\n  ${drawn(BASE64, 128, 5)}`],
    [
      'wallet-key',
      `{"crypto":{"ciphertext":"${drawn(HEX, 64)}","kdfparams":{"n":131072,"salt":"${drawn(HEX, 64, 2)}"},"mac":"${drawn(HEX, 64, 3)}"}}`,
    ],
    ['password', '[wifi-security]\nkey-mgmt=wpa-psk\npsk=mIlCOHDGSNAMHHwQcd'],
    ['password', `network={\n  ssid="Halden"\n  psk=${drawn(HEX, 64, 4)}\n}`],
    ['password', '<sharedKey><keyMaterial>blauer7Hund</keyMaterial></sharedKey>'],
    ['password', 'interface=wlan0\nwpa_passphrase=gelbeEnte2291\n'],
    ['password', '    Key Content            : mondlicht48Kaffee'],
    ['password', 'WIFI:T:WPA;S:Praxis Gast;P:Zahnfee2024!;H:false;;'],
    ['password', "\toption ssid 'Nord'\n\toption key 'walfisch88Tonne'"],
    ['newrelic-key', `newrelic.license = "eu01xx${drawn(HEX, 30, 5)}NRAL"`],
    ['newrelic-key', `key: ${drawn(HEX, 36, 6)}NRAL`],
    ['newrelic-key', `old: eu01xx${drawn(HEX, 34, 7)}`],
    ['terraform-token', `${drawn(ALNUM, 14, 8)}.atlasv1.${drawn(ALNUM, 67, 9)}`],
    ['grafana-token', `eyJrIjoi${drawn(ALNUM, 80, 10)}`],
    ['honeycomb-key', `writeKey: hcaik_01${drawn('abcdefghijklmnopqrstuvwxyz0123456789', 56, 11)}`],
    ['generic-secret', 'OTEL_HEADERS="x-honeycomb-team=64S5oxa57waCW52EBo4boE"'],
    ['runpod-key', `rpa_${drawn(UPPER, 42, 12)}`],
    ['axiom-token', 'xaat-7e1c4f52-9b0d-4a63-8f21-c05d9e6b7a34'],
    ['spelled-password', `The root password, as decimal ASCII codes: ${codes(MADE_UP, 10)}`],
    ['spelled-password', `password: ${codes(MADE_UP, 10, ' ')}`],
    ['spelled-password', `the passphrase in octal: ${codes(MADE_UP, 8, ' ')}`],
    ['spelled-password', `Passwort des NAS in Hex: ${codes(MADE_UP, 16, ', ', '0x')}`],
    ['spelled-password', `login password, one code per line:\n${codes(MADE_UP, 10, '\n')}`],
    ['spelled-password', `mot de passe en ascii: ${codes(MADE_UP, 10, '-')}`],
    ['password', '  412  lftp -u web4411,tR3VsRNrLVLro ftp.kontor.ch -e "mirror; bye"'],
    ['password', '$ smbclient //nas/backup -U svc_backup%rv2uyoPK7!x9 -c ls'],
    ['password', '  17  mysql -h db1 -uroot -pq8Zr2LxV!w shop < dump.sql'],
    ['password', 'mongosh "mongodb://db1/shop" -u admin -p JclbipGz9iAory'],
    ['password', 'net use Z: \\\\srv01\\share q8Zr2LxV!w /user:HALDEN\\scanner'],
    ['password', 'spawn ssh root@10.2.0.4\nexpect "assword:"\nsend "0l2slCk1h1a2\\r"'],
    ['password', 'ftp -n ftp.halden.no <<EOT\nuser deploy 7Qdo74SEB4nI\nput build.zip\nEOT'],
    ['password', 'keytool -importkeystore -srcstorepass YyfamREOWNGE -deststorepass 54dPwQensAWS'],
    ['password', "echo '09NozFBq7!x9' | sudo -S systemctl restart nginx"],
    ['password', '7z a -pgjQUwXEbQbeJnc -mhe=on backup.7z /srv'],
    ['password', 'jdbc:oracle:thin:scott/eUmVpSB7!x9@//db1:1521/ORCL'],
    ['password', 'wpa_passphrase Halden kaltesWasser81'],
    ['password', '<key>Password</key><string>kaltesWasser81</string>'],
    ['password', `cloud.auth: "elastic:${drawn(ALNUM, 24, 16)}"`],
    ['password', 'net user svc_backup q8Zr2LxVw7 /add /domain'],
    ['password', 'htpasswd -bc .htpasswd anna q8Zr2LxVw7'],
    ['password', 'http -a anna:q8Zr2LxVw7 GET https://api.halden.no/v1'],
    ['basic-auth', 'curl --user="jenkins:q8Zr2LxVw7" https://ci.halden.no'],
    ['spelled-password', `root pw -> [${codes(MADE_UP, 10, ',')}]`],
    ['spelled-password', `api key, char by char: ${codes(MADE_UP, 10, ' ')}`],
    ['password', 'WLAN im Büro: SSID Kontor-5G, Schlüssel kaltesWasser81'],
    ['password', 'nmcli dev wifi connect "Halden-Office" password kaltesWasser81'],
    ['password', '<string name="PreSharedKey">&quot;kaltesWasser81&quot;</string>'],
    ['password', 'WiFi.begin("Luna", "kaltesWasser81");'],
    ['password', 'username ops privilege 15 password 7 0975FF03B66BDD630B2A'],
    ['password', 'crypto isakmp key Kh29xLmPq7 address 203.0.113.9'],
    ['password', 'client nas1 {\n  ipaddr = 10.0.0.2\n  secret = q8Zr2LxVw7\n}'],
    ['password', '# client server secret\nanna l2tpd "q8Zr2LxVw" *'],
    ['password', '<Host>ftp.kontor.ch</Host><Pass encoding="base64">cThacjJMeFZ3Nw==</Pass>'],
    ['password', 'root  812  0.0 /usr/bin/redis-server --requirepass q8Zr2LxVw7 --port 6379'],
    ['password', '(ConvertTo-SecureString "q8Zr2LxVw7" -AsPlainText -Force)'],
    ['password', `mc alias set store https://s3.halden.no ${drawn(UPPER, 20, 13)} ${drawn(ALNUM, 40, 14)}`],
    ['url-token', 'https://logs-01.loggly.com/inputs/9e87b303-771c-4dfd-ace8-b4ff740d4536/tag/http/'],
    ['generic-secret', `LOGDNA_INGESTION_KEY=${drawn(HEX, 32, 15)}`],
    ['spelled-password', `pw = "".join(chr(c) for c in [${codes(MADE_UP, 10)}])`],
    ['spelled-password', `our VPN secret as hex bytes is ${codes(MADE_UP, 16, ':')}`],
    ['spelled-password', `secret as code points ${codes(MADE_UP, 16, ' ', 'U+00')}`],
    [
      'spelled-password',
      `password in binary: ${Array.from(MADE_UP, (one) => one.charCodeAt(0).toString(2).padStart(8, '0')).join(' ')}`,
    ],
  ])('%s in %j', (kind, text) => {
    expect(secretsIn(text)).toContain(kind);
    expect(secretsIn(redact(text))).not.toContain(kind);
  });

  it.each([
    `certificate-authority-data: ${encodedKey('CERTIFICATE', 1)}`,
    `cosign.pub: ${encodedKey('PUBLIC KEY', 2)}`,
    'client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=',
    `declare_id!("${drawn(SIGNS, 44, 3)}"); // wallet program`,
    'bitcoin: 5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF',
    'network={\n  ssid="home"\n  psk="very secret passphrase"\n}\nnetwork={\n ssid="MYSSID"\n psk="passphrase"\n}',
    'key-mgmt=wpa-psk\npsk=<your-psk>\npsk-flags=1',
    '# wpa_passphrase=secret passphrase\nwpa_passphrase=changeme123\nwpa_key_mgmt=WPA-PSK',
    'The format is WIFI:T:WPA;S:mynetwork;P:mypass;; where T is the type. WIFI:T:nopass;S:Cafe;;',
    '<keyMaterial>%PASSWORD%</keyMaterial>',
    'license_key: YOUR_LICENSE_KEY\n# ends in NRAL, e.g. eu01xxXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXNRAL',
    'token = 00000000-0000-0000-0000-000000000000  # splunk hec token',
    'const GREETING = [72, 101, 108, 108, 111, 44, 32, 119, 111, 114, 108, 100];',
    'Password length histogram: 84, 107, 57, 35, 70, 115, 107, 117, 113, 85, 48, 97 users per bucket',
    'token latency percentiles (ms): 41, 44, 48, 52, 57, 63, 70, 84, 97, 112, 120',
    'const PASSWORD_CHARS = [33, 35, 36, 37, 38, 42, 43, 45, 61, 63, 64, 94, 95];',
    'key = 0x2b 0x7e 0x15 0x16 0x28 0xae 0xd2 0xa6 0xab 0xf7 0x15 0x88 0x09 0xcf 0x4f 0x3c',
    'dial codes: 33, 34, 39, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 54, 55; password required: no',
    'lftp -u user,password ftp.example.com\nlftp -u "$FTP_USER,$FTP_PASS" host',
    'smbclient //server/share -U user%password; smbclient -U "$U%$P" //srv/x',
    'mysql -h 127.0.0.1 -P33061 --protocol=TCP -p',
    'docker run -p 8080:80 nginx:1.25\ndocker login -u ci --password-stdin < token.txt',
    'redis-cli -h host -p 6379 -a <password> ping; redis-cli -a "$REDIS_PASSWORD" info',
    'net use Z: \\\\server\\share /user:DOMAIN\\username *\nnet use Z: /delete',
    'expect "assword:"\nsend "$password\\r"\nexpect "#"\nsend "show version\\r"\nsend "terminal length 0\\r"',
    'echo cm0gLXJmIH4K | openssl base64 -d',
    '7z x archive2024.7z -p"$PASS" -o/out; 7z a -mx9 build-2024.7z dist',
    'gpg --batch --passphrase-file /run/pw -d f.gpg; gpg --passphrase "" --quick-gen-key ci',
    'wifi drops after resume, key rotation every 3600s; code BRCM4366, pass rate 99.2%',
    'child.expect("login:")\nchild.sendline("show version")\nchild.sendline("Ethernet1")',
    'net user guest /active:no; net user administrator *; htpasswd -c .htpasswd anna',
    'crypto isakmp key cisco123 address 0.0.0.0',
    'The WLAN key: WPA2-PSK. WiFi.begin("SSID", "PASSWORD"); wifi connect "$SSID" password "$PSK"',
    'ConvertTo-SecureString $env:PASS -AsPlainText; ConvertTo-SecureString "P@ssw0rd" -AsPlainText',
    'device token MAC 54:6b:39:23:46:73, key server fe80:54:6b:39:23:46:73:6b',
    'login attempts per hour: 44 51 38 97 102 88 67 73 59 80 94 110',
    'sha1 bytes of the password hash: 5b 61 64 49 39 3f 3f 66 52 25 2b 6c 38 33 1b',
    'theme token colors: 64 84 107 / 57 35 70 / 115 107 117 / 113 85 48',
  ])('are not seen in %j', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('people and their papers', () => {
  it.each([
    ['national-id', 'renter,licence,dob\nFfion Bevan,BEVAN875414F99XQ 31,1986\nIsla McCrae,MCCRA258933I990N 40,1991'],
    ['national-id', 'Owen Pryce - PRYCE803124O99KK'],
    ['national-id', 'Fahrer: Jonas Wiebe, Führerscheinnummer B07220RRE45'],
    ['national-id', 'Conducteur : Amandine Roux, permis n° 14AB64981, délivré à Lyon'],
    ['national-id', 'Driver: Suresh Nair, DL No: KL-07 20146502780'],
    ['national-id', 'Motorista: Paulo Teixeira, CNH 92818562846'],
    ['national-id', 'name,dl_number,state\nCurtis Vane,V3317648,CA\nLena Ortiz,O7646681,CA'],
    ['national-id', 'Traveller;Passport no\nIngrid Solberg;CCB204918\nMateo Rivas;XDA553201'],
    ['national-id', 'Name;Reisepassnummer\nLena Vogt;C4VHK20P7;12.05.\nUwe Brandt;C2LRX88T1;12.05.'],
    ['national-id', 'Kierowca: Tomasz Wrona, prawo jazdy 00412/18/1465'],
    ['national-id', '운전자 김민수 운전면허 11-14-820417-62'],
    ['national-id', 'Uczestnicy: Anna Zielińska, paszport EK2049183; Piotr Maj, paszport EH9920147'],
    ['national-id', 'Загранпаспорт: Соколова Мария 75 4920188; Орлов Денис 76 1029384'],
    [
      'contact-list',
      'Mitgliederliste: Hartmut Brose, h.brose@t-online.de, 0170 7187810, offen; Nilgün Aksoy, n.aksoy@gmx.de, 0151 85519155; Elif Toprak, elif@gmail.com, 0157 59155703',
    ],
    [
      'contact-list',
      'Parents of 4b:\n- Gemma Ashworth, gemma.ash@gmail.com, 07811 402 776\n- Tunde Bakare, tunde.b@outlook.com, 07522 190 883\n- Priya Shah, priyas81@yahoo.co.uk, 07733 658 021',
    ],
    [
      'contact-list',
      'Nombre | Correo | Móvil\nLucía Ferrer | lucia.f@hotmail.es | 612 448 093\nIker Mendi | iker.m@gmail.com | 655 201 774\nNoa Castro | noac@yahoo.es | 677 930 112',
    ],
    [
      'contact-list',
      'Anna Lindqvist\nanna.l@gmail.com\n0734 491 820\n\nBjörn Hallgren\nb.h@outlook.com\n0706 218 449\n\nSaga Nyström\nsaga@icloud.com\n0761 330 972',
    ],
    [
      'person-records',
      "Women's shelter, residents (address protected!): Jasmin Yildirim, room 3, hiding from her ex; Bettina Grob, room 5, phone 079 4961070; Olena Hrytsenko, passport FK837332",
    ],
    ['person-records', 'Informant: Marek Dudek, +48 601 220 914, meets us Tuesdays.'],
    ['person-records', 'Auskunftssperre! Svenja Tamm, Birkenweg 14, 24103 Kiel, 0151 40299183'],
    [
      'person-records',
      'Witness list, sealed: Dominik Faber, lives Rosenweg 8, phone 0157 83320914; Aylin Demir, phone 0176 20448193.',
    ],
    [
      'person-records',
      'Ward 4: Arthur Pell, room 3, next of kin 07911 208 443; Joan Mayhew, room 5, next of kin 07544 902 113; Keith Dunn, room 6',
    ],
  ])('%s in %j', (kind, text) => {
    expect(personalIn(text)).toContain(kind);
    expect(personalIn(redact(text))).not.toContain(kind);
  });

  it.each([
    'Licence: MIT. Licence number must match ^[A-Z9]{5}[0-9]{6}[A-Z9]{2}[A-Z0-9]{3}$, e.g. MORGA657054SM9IJ',
    'order,sku,qty\n88201934,BEV-875414-F99,2\n88201935,NKE-263467-G99,1',
    'vehicle,vin,plate\nVW Golf,WVWZZZ1KZAW092817,HH-AB 2201\nFord Focus,WF0AXXWPMAKU29183,HH-CD 884',
    'Passport numbers have nine characters. A passport is valid for 5 years. Form DS-11, fee 130.',
    'passport 0.7.0, passport-jwt 4.0.1, passport-local 1.0.0; commit 4f2a9c1',
    'Meeting rooms: Aare, room 3, phone 4421; Rhein, room 5, phone 4422; Limmat, room 6, phone 4423',
    'Speakers: Maria Silva, room 2, 10:00; Tom Baker, room 5, 11:00; Yuki Sato, room 2, 12:00',
    'The witness must bring a passport. The court is in room 204, ask for an interpreter.',
    "The women's shelter is looking for volunteers. Director: Anna Huber, Ringstr. 4.",
    'app.use(passport.initialize()); // Passport Strategy, by Jared Hanson 20111014',
    'DL models: ResNet50; DL no 3 of 12; see Alan Turing, DL4820193 is the code of the course',
    'DL: 94.2 Mbit/s; DL no 44820193 bytes; Test Server Oslo',
    'License number: 48201933 (JetBrains, Halden AS)',
    'Whistleblower Edward Snowden left Hawaii on 20 May 2013. The Guardian published on 06 June.',
    'Candidates: Ruth Keller (SP), Urs Meier (FDP), Anna Huber (Grüne). Results on 12.10.',
  ])('are not seen in %j', (text) => {
    expect(personalIn(text)).toEqual([]);
  });

  it.each([
    'Our team: Anna Berg, anna.berg@halden-legal.no, +47 22 41 80 10; Per Dahl, per.dahl@halden-legal.no, +47 22 41 80 11; Liv Moe, liv.moe@halden-legal.no, +47 22 41 80 12',
    'Press contacts\nAda Blanc, ada.blanc@gmail.com, 044 201 80 80\nMarc Frei, m.frei@gmx.ch, 044 201 80 81\nEva Lenz, eva@web.de, 044 201 80 82',
    '## Maintainers\n- Tomas Lind <tomas.lind@gmail.com>\n- Ben Wu <ben.wu@outlook.com>\n- Max Roth <max@gmx.de>',
  ])('are no list of contacts in %j', (text) => {
    expect(personalIn(text)).not.toContain('contact-list');
  });
});

it.each([
  'UFJJVkFURSBL',
  `${drawn(BASE64, 61)}UFJJVkFURSBL\n`,
  `${walletKey(9, true)}\n`,
  'wallet 5HueC',
  '"kdfparams" "ciphertext":"',
  'password 84, 107, 57, ',
  'ascii 84 107 57 35 70 115 107 117 ',
  'password \\x54\\x6b',
  'psk=wpa ',
  'wifi:S:a;T:b;S:c;T:d;P:',
  'mysql -p',
  'keytool -storepass x -keypass ',
  'ftp -n\nuser a\n',
  'echo 1 | sudo -s ',
  'witnesses: Anna Berg, room 3, ',
  'in hiding 079 4961070 ',
  'Anna Berg, a.b@gmail.com, 079 496 10 70; ',
  'passport Anna Berg X1234567; ',
  'licence ABCDE123',
  'splunk token ',
  'ssid key wlan pass ',
  'secret 01010100 01101011 ',
  'password chr(84 107 ',
  'Reisepassnummer\nLena Vogt;',
  'requirepass ',
  `${URL_SAFE}.atlasv1.`,
])('a text of %j over and over is looked at in linear time', (piece) => {
  const long = piece.repeat(Math.ceil(600_000 / piece.length));
  expect(textFacts(long, { categories: ['secret', 'personal-data'] }).length).toBe(long.length);
});
