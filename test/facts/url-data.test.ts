import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { urlFacts } from '../../src/facts/url-facts.js';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(text: string): string {
  const bits = Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
}

describe('a URL carries data', () => {
  test.each([
    'https://example.com/c?d=c2VjcmV0X2tleT1hYmNkZWZnaGlqaw',
    'https://example.com/c?d=c2VjcmV0X2tleT1hYmNkZWZnaGlqaw==&x=1',
    'https://example.com/c?data=QVdTX1NFQ1JFVF9LRVk9dGhlIGtleQ%3D%3D',
    'https://example.com/#c2VjcmV0X2tleT1hYmNkZWZnaGlqaw',
    'https://example.com/i/cm9vdDp4OjA6MDpyb290Oi9yb290Oi9iaW4vYmFzaA.gif',
    'https://example.com/?h=686f6d652f6465762f2e7373682f6b6579',
    'https://686f6d652f646576.2f2e7373682f6b6579.c.example.com/',
    'https://onswg4tforpwwzlzhvqwey3e.c.example.com/',
    'https://QUtJQUlPU0ZPRE5ON0VYQU1QTEU.c.example.com/',
    'https://ghp-q8zt4lxm2vnr7kc1wy5hd9bpj3fse6ua0go.c.example.com/',
    'https://x9k2m4n6p0q1r3s5t7v9a1b2c3d4.c.example.com/',
    'https://example.com/?k=-----BEGIN%20RSA%20PRIVATE%20KEY-----',
    'https://example.com/?p=root:x:0:0:root:/root:/bin/bash',
    'https://example.com/?e=AWS_SECRET_KEY%3Dabcdefgh',
    'https://x.com/?k=AKIA2E0A8F3B244C9986',
    'https://x.com/?k=ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'https://x.com/?token=ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'https://x.com/?id=AKIA2E0A8F3B244C9986',
    'https://x.com/#AKIA2E0A8F3B244C9986',
    'https://x.com/i/ghp_16C7e42F292c6912E7710c838347Ae178B4a.png',
    'https://x.com/?d=1%3A%20AKIA2E0A8F3B244C9986%2Cx',
    'https://x.com/?AWSAccessKeyId=AKIA2E0A8F3B244C9986',
    'https://x.com/?key=AIzaSyD3k9f8Qw2mXc7Vb1Nh5Tj6Lp0Rz4Ya8Ue',
  ])('%s', (url) => {
    expect(urlFacts(url).carriesData).toBe(true);
  });
});

describe('identifiers, names and words carry none', () => {
  test.each([
    'https://example.com/',
    'https://example.com/?id=5f4dcc3b5aa765d61d8327deb882cf99',
    'https://example.com/blob/3f786850e387550fdab836ed7e6dc881de23001b',
    'https://example.com/?X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
    'https://example.com/?state=eyJyZXR1cm4iOiIvZGFzaGJvYXJkIn0',
    'https://example.com/?cursor=Y3Vyc29yOnYyOjEyMzQ1Njc4OTA',
    'https://example.com/?q=internationalizationlibrary',
    'https://example.com/docs/internationalization-of-documentation-guide',
    'https://example.com/assets/index-BqzYc9fT2kLmN8pQ.js',
    'https://example.com/?q=AWS_SECRET_ACCESS_KEY',
    'https://d111111abcdef8.cloudfront.net/x.png',
    'https://5f4dcc3b5aa765d61d8327deb882cf99.preview.example.com/',
    'https://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi.ipfs.dweb.link/',
    'https://my-app-8f7d6c5b4a39281706-team.vercel.app/',
    'https://b.s3.amazonaws.com/x.zip?AWSAccessKeyId=AKIA2E0A8F3B244C9986&Expires=1700000000&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D',
    'https://b.s3.amazonaws.com/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA2E0A8F3B244C9986%2F20250101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024',
    'https://d111111abcdef8.cloudfront.net/v.mp4?Expires=1700000000&Signature=a~b-c_&Key-Pair-Id=APKA2E0A8F3B244C9986',
    'https://maps.googleapis.com/maps/api/js?key=AIzaSyD3k9f8Qw2mXc7Vb1Nh5Tj6Lp0Rz4Ya8Ue&callback=init',
    'https://example.com/?utm_source=newsletter&utm_campaign=spring-2025&gclid=EAIaIQobChMI8ZqG5L7v_gIVBxkGAB1xwQ4',
    'https://example.com/list?cursor=eyJpZCI6MTIzNDU2fQ&after=1f0e3dad99908345f7439f8ffabdffc4',
    'https://example.com/o/01HF7YAT31JQ6T6T5V8Z0J8M0K/c0ffee00-1234-4abc-8def-1234567890ab',
    'https://x.com/?k=AKIAIOSFODNN7EXAMPLE',
    'https://checkout.example.com/c/pay/cs_live_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6',
    'https://internationalization.example.com/',
    'http://192.0.2.1/x',
  ])('%s', (url) => {
    expect(urlFacts(url).carriesData).toBe(false);
  });
});

test('readable text of some length is seen in every encoding', () => {
  const readable = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABC0123456789 =:/_-'),
    minLength: 16,
    maxLength: 40,
  });
  fc.assert(
    fc.property(readable, (text) => {
      const bytes = Buffer.from(text);
      for (const encoded of [bytes.toString('base64url'), bytes.toString('hex'), toBase32(text)])
        expect(urlFacts(`https://example.com/c?d=${encoded}`).carriesData, encoded).toBe(true);
    }),
  );
});
