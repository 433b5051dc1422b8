/** Credentials that standards and manuals print, which open nothing, by where they are printed. */
const PRINTED: readonly (readonly [where: string, values: string])[] = [
  ['RFC 5849', 'kd94hf93k423kf44 pfkkdhi9sl3r4s00 nnch734d00sl2jdk dpf43f3p2l4k3l03 hdhd0244k9j7ao03 kkk9d7dh3k39sjv7'],
  ['RFC 6749', '2YotnFZFEjr1zCsicMWpAA tGzv3JOkF0XG5Qx2TlKWIA gX1fBat3bV 7Fjfp0ZBr1KtDRbnfVdmIw'],
  ['RFC 6749, codes', 'SplxlOBeZQQYbYS6WxSbIA n0esc3NRze7LTCu7iYzS6a5acc3f0ogp4'],
  ['RFC 6750', 'mF_9.B5f-4.1JqM'],
  ['RFC 7009', '45ghiukldjahdnhzdauz'],
  ['RFC 7515', 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow'],
  ['RFC 7591', 'cf136dc3c1fc93f31185e5885805d reg-23410913-abewfq.123483 this.is.an.access.token.value.ffx83'],
  ['RFC 7636', 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  ['RFC 7662', '23410913-abewfq.123483'],
  ['RFC 8628', 'GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS'],
  ['OpenID Connect', 'ZJYCqe3GGRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk'],
  ['the reference of Stripe', '4eC39HqLyjWDarjtT1zdp7dc BQokikJOvBiI2HlWgH4olfQ2 tR3PYbcVNZZ796tH88S4VQ2u'],
  [
    'the first accounts of Hardhat and Anvil',
    'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80 59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d 5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a 7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
  ],
];

/** Hashes of passwords that manuals and samples show, without their prefix, and the salt that most of them copy. */
const PRINTED_HASHES =
  /N9qo8uLOickgx2ZMRZoMye|92IXUNpkjO0rOQ5byMi\.Ye4oKoEa3Ro9llC|R9h\/cIPz0gi\.URNNX3kh2OPST9|\.vGA1O9wmRjrwAVXD98HNOgsNpDczlqm3Jq7KnEd1rVAGv3Fykk1a|BCryptRequires22Chrcte|dXJ3SW6G7P50lGmMkkmwe\.20cQQubK3|EixZaYVK1fsbw1ZfbX3OXe|rBV2JDeWW3\.vKyeQcM8fFO4777l4bVeQgDL6VIkxqlzQ7TCalQvla|c2FsdHNhbHRzYWx0|c29tZXNhbHQ/;

/** Whether the hash of a password is one that everybody knows. */
export function isPublishedHash(hash: string): boolean {
  return PRINTED_HASHES.test(hash);
}

/** Every credential of the table, with and without the mark that keys for tests have, or keys in base 16. */
export const PUBLISHED_CREDENTIALS: ReadonlySet<string> = new Set(
  PRINTED.flatMap(([, values]) => values.split(' ').flatMap((value) => [value, `sk_test_${value}`, `0x${value}`])),
);
