import { describe, expect, it } from 'vitest';
import { findings, redact, textFacts } from '../../src/facts/text-facts.js';
import { ALNUM, BASE64, base64, drawn, drawnUuid, HEX, secretSamples, UPPER, URL_SAFE } from './text-samples.js';

function secretsIn(text: string): readonly string[] {
  return textFacts(text, { categories: ['secret'] }).secrets;
}

describe('secrets of every kind', () => {
  it('are at least 60 kinds', () => {
    expect(new Set(secretSamples().map(([kind]) => kind)).size).toBeGreaterThanOrEqual(60);
  });

  for (const seed of [1, 2, 3]) {
    it.each(secretSamples(seed))(`%s is found at its place and taken out (sample ${seed})`, (kind, secret, around) => {
      const text = around.replace('@@', () => secret);
      const found = findings(text).filter((finding) => finding.category === 'secret');
      expect(found.map((finding) => [finding.kind, text.slice(finding.start, finding.end)])).toEqual([[kind, secret]]);
      const clean = redact(text);
      expect(clean).toBe(around.replace('@@', () => `[REDACTED_${kind.toUpperCase().replaceAll('-', '_')}]`));
      expect(secretsIn(clean)).toEqual([]);
    });
  }

  it.each(secretSamples(4))('%s is found in the middle of a log, in JSON and in a diff', (kind, secret, around) => {
    const text = around.replace('@@', () => secret);
    expect(secretsIn(`2024-05-01 12:00:00 INFO started\n${text}\n2024-05-01 12:00:01 done`)).toContain(kind);
    expect(
      secretsIn(
        `diff --git a/x b/x\n@@ -1,2 +1,2 @@\n${text
          .split('\n')
          .map((line) => `+${line}`)
          .join('\n')}\n`.replaceAll('\n+', kind.includes('private-key') ? '\n' : '\n+'),
      ),
    ).toContain(kind);
  });

  it.each(secretSamples(5).filter(([kind]) => !kind.includes('url')))(
    '%s is found inside base64',
    (kind, secret, around) => {
      const facts = textFacts(base64(`here it is: ${around.replace('@@', () => secret)}`));
      expect([facts.encoded, facts.secrets.includes(kind)]).toEqual([true, true]);
    },
  );

  it.each(secretSamples(6))('%s is found with invisible characters inside', (kind, secret, around) => {
    const middle = Math.floor(secret.length / 2);
    const text = around.replace('@@', () => `${secret.slice(0, middle)}\u200b${secret.slice(middle)}`);
    expect(secretsIn(text)).toContain(kind);
  });
});

describe('passwords and other assigned secrets', () => {
  it.each([
    'password = "hunter2"',
    "password: 'S3cur3P@ss!'",
    'PASSWORD=Xy7kLm9pQ',
    'DB_PASSWORD=Xy7$kLm9pQ',
    'export PGPASSWORD=s3cr3tw0rd',
    '"password": "P@ssw0rd123!"',
    '"password" : "hunter2!"',
    "{'password': 'hunter2!'}",
    'db_pass: "zK9#mQ2$vL"',
    'spring.datasource.password=Adm1nP@ss',
    'password := "hunter2x"',
    'password => "hunter2x"',
    '<password>hunter2hunter</password>',
    '<add key="Password" value="S3cr3tV@lue" />',
    '- name: DB_PASSWORD\n  value: "Xy7kLm9pQ"',
    'Server=db;User Id=sa;Password=Str0ng!Pass;',
    'jdbc:postgresql://db/app?user=app&password=x9Kd82mQ',
    'mysql -u root --password=hunter2pass',
    'tool --password hunter2pass',
    "sshpass -p 'hunter2pass' ssh host",
    'The password is Tr0ub4dor&3.',
    'my password is hunter2!',
    'Passwort: Geheim123!',
    'contraseña: S3creto!99',
    'mot de passe : Bonj0ur!9',
    'passwd=letMe1n#now',
    'ＰＡＳＳＷＯＲＤ=Xy7kLm9pQ',
    'pаssword=Xy7kLm9pQ', // the second letter is Cyrillic
    'pass\u200bword=Xy7kLm9pQ',
    'password%3DXy7kLm9pQ',
    'password&#61;Xy7kLm9pQ',
    String.raw`{\"password\": \"hunter2x\"}`,
    'passphrase = "correct-horse-battery-9"',
  ])('%j holds a password', (text) => {
    expect(secretsIn(text)).toEqual(['password']);
  });

  it.each([
    ['api_key', ALNUM],
    ['apiKey', ALNUM],
    ['API-KEY', ALNUM],
    ['x-api-key', HEX],
    ['client_secret', URL_SAFE],
    ['clientSecret', ALNUM],
    ['SECRET_KEY', ALNUM],
    ['SECRET_KEY_BASE', HEX],
    ['auth_token', ALNUM],
    ['accessToken', ALNUM],
    ['REFRESH_TOKEN', ALNUM],
    ['encryption_key', BASE64],
    ['signing_key', HEX],
    ['webhook_secret', ALNUM],
    ['page_access_token', ALNUM],
    ['NEXTAUTH_SECRET', ALNUM],
    ['admin_token', ALNUM],
    ['SENDGRID_APIKEY', ALNUM],
  ])('%s = a random value is a secret, quoted or not', (name, alphabet) => {
    const value = `${drawn(alphabet, 30, 7)}a9`;
    for (const text of [`${name}=${value}`, `${name}: "${value}"`, `"${name}": "${value}"`, `--${name} ${value}`]) {
      expect([text, secretsIn(text)]).toEqual([text, ['generic-secret']]);
    }
  });
});

describe('what looks like a secret and is none', () => {
  it.each([
    // the published credentials of the AWS documentation: nobody's, and in every tutorial
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    // stand-ins
    'password = "<your password>"',
    'password=your-password-here',
    'password: changeme',
    'password=${DB_PASSWORD}',
    'password=$DB_PASSWORD',
    'password=%DB_PASSWORD%',
    'password: {{ db_password }}',
    'password: "{{ .Values.password }}"',
    'password: <%= ENV["PW"] %>',
    'password: [REDACTED_PASSWORD]',
    'password: ********',
    'password = "..."',
    'api_key = "your-api-key"',
    'api_key: "YOUR_API_KEY_HERE_1234567890"',
    'API_KEY=xxxxxxxxxxxxxxxxxxxxxxxx',
    'API_KEY=0000000000000000000000000000',
    'API_KEY=<token>',
    'token: ${{ secrets.GITHUB_TOKEN }}',
    'OPENAI_API_KEY=sk-...',
    'OPENAI_API_KEY=sk-your-key-here',
    `sk-${'x'.repeat(48)}`,
    `ghp_${'x'.repeat(36)}`,
    `ghp_${'0'.repeat(36)}`,
    'hf_your_token_here',
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'Authorization: Bearer <token>',
    'Authorization: Bearer $TOKEN',
    'Authorization: Bearer YOUR_ACCESS_TOKEN',
    'Authorization: Basic dXNlcjpwYXNz', // user:pass
    'curl -u user:password https://example.org',
    'curl -u "$USER:$PASS" https://example.org',
    'postgres://user:password@localhost:5432/db',
    'postgres://postgres:postgres@localhost/test',
    'postgres://$USER:$PASS@host/db',
    'mysql://root:root@127.0.0.1/app',
    'redis://localhost:6379',
    'https://example.org:8080/path@2',
    // code
    'const password = req.body.password;',
    'const password = process.env.DB_PASSWORD;',
    'password = os.environ["DB_PASSWORD"]',
    'password: string;',
    'password: z.string().min(8)',
    'password: { type: "string", minLength: 8 }',
    'const hashedPassword = await bcrypt.hash(password, 10);',
    'if (password === confirmPassword) {',
    'connect(password=password1)',
    'const token2 = token1;',
    'const token = await getAccessToken(user.id);',
    'token: Uint8Array',
    'let secret = crypto.randomBytes(32).toString("hex");',
    'public_key = "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW"',
    'csrf_token = "aB3dE5fG7hI9jK1lM3nO5pQ7r"',
    '"nextPageToken": "CAEQAA6f7g8h9i0j1k2l3m4n5o6p7"',
    'max_tokens: 4096',
    'secretName: my-app-secret-v2',
    'token_endpoint: https://auth.example.org/oauth2/token',
    '"passwordLabel": "Passwort2"',
    'passwordHash: sha256',
    'if (key.startsWith("-----BEGIN RSA PRIVATE KEY-----")) {',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    `-----BEGIN PUBLIC KEY-----\n${drawn(BASE64, 64)}\n-----END PUBLIC KEY-----`,
    `-----BEGIN CERTIFICATE-----\n${drawn(BASE64, 64)}\n-----END CERTIFICATE-----`,
    `ssh-rsa AAAAB3NzaC1yc2E${drawn(BASE64, 120)} me@host`,
    // prose
    'Password must be at least 8 characters',
    'The password is required.',
    'Enter your password:',
    'Forgot password?',
    'Bearer token authentication is supported since version 2.1.0',
    // random text that is no secret
    `commit ${drawn(HEX, 40)}`,
    `index ${drawn(HEX, 7)}..${drawn(HEX, 7)} 100644`,
    drawnUuid(),
    `"id": "${drawnUuid()}"`,
    `sha256:${drawn(HEX, 64)}`,
    `"integrity": "sha512-${drawn(BASE64, 86)}=="`,
    `resolved "https://registry.example.org/x/-/x-1.0.0.tgz#${drawn(HEX, 40)}"`,
    `github.com/pkg/errors v0.9.1 h1:${drawn(BASE64, 43)}=`,
    `image: nginx@sha256:${drawn(HEX, 64)}`,
    `etag: "${drawn(HEX, 32)}"`,
    `data:image/png;base64,${drawn(BASE64, 400)}`,
    `{"version":3,"mappings":"${drawn('ACEGIKMQSUWYaceg,;', 400)}"}`,
    `https://example.org/${drawn(ALNUM, 40)}`,
    `<script src="/app.js" nonce="${drawn(ALNUM, 24)}"></script>`,
    `AC${drawn(HEX, 32)}`,
    `x${drawn(UPPER, 20)}`,
    `xAKIA${drawn(UPPER, 16)}`,
    `AKIA${drawn(UPPER, 15)}`,
    `AKIA${drawn(UPPER, 17)}`,
    `akia${drawn(UPPER, 16).toLowerCase()}`,
  ])('%j', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });

  it('does not take one letter more or less for a token of fixed length', () => {
    for (const length of [34, 35, 37, 38])
      expect([length, secretsIn(`npm_${drawn(ALNUM, length)}`)]).toEqual([length, []]);
  });
});

describe('configuration, code and logs of daily development', () => {
  it.each([
    'password: "required|min:8"',
    "'password' => 'nullable|string|min:8',",
    "password: 'password_field_1'",
    "passwordInput = document.getElementById('password2')",
    '$("#password1").val()',
    'password="#password1"',
    'PASSWORD_MIN_LENGTH=8',
    'password_reset_timeout = 3600',
    'token_type: bearer',
    '"secret": "projects/123/secrets/db-password/versions/1"',
    'secret: arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf',
    'password: vault:secret/data/db#password',
    '"token": "color.background.primary1"',
    '"authToken": undefined',
    'tokens_per_second=45.6',
    'pass: 12/12 tests',
    'pass = 98.7%',
    'PASS test/unit1.test.ts',
    'PASS: test_login_2',
    'password: &default_password1',
    'password: *default_password1',
    'secrets: inherit',
    'secret: true',
    'token: id.token1',
    'auth: { type: oauth2 }',
    '"access_token": null',
    'const PASSWORD_REGEX = /^[A-Za-z0-9]{8,}$/;',
    'password: /^[A-Za-z0-9]{8,}$/',
    'password: Yup.string().min(8)',
    'password = Column(String(255))',
    'password = models.CharField(max_length=128)',
    'password = serializers.CharField(write_only=True)',
    'password varchar(255) not null',
    'password TEXT NOT NULL',
    '"password": {"type": "string"}',
    'input type="password" name="password" id="password1"',
    '<input type="password" placeholder="Password123">',
    '<label for="password">Password</label>',
    "passwordConfirmation: 'Passwords must match'",
    "await page.fill('#password', 'test1234')",
    "user.password = 'test1234'",
    "create_user(password='testpass123')",
    "password: 'password123'",
    "expect(user.password).toBe('hashed')",
    'password: faker.internet.password()',
    'password: "correct"',
    "export const TOKEN_KEY = 'auth_token_v2';",
    "localStorage.getItem('access_token')",
    "const API_KEY_HEADER = 'X-API-Key';",
    "apiKey: 'X-Api-Key'",
    'secret_name = "prod/db/credentials-2"',
    'secretKey: AWS_SECRET_ACCESS_KEY',
    'credential: https://example.com/creds/v1',
    "credentials: 'include',",
    'credentials: "same-origin"',
    'token = tokens[0]',
    'token := lexer.NextToken()',
    'Token token = new Token(TokenType.IDENT, "abc123def456");',
    "const token = 'identifier_token_name_1';",
    'case Token.STRING_LITERAL_2:',
    'tokenize: sentencepiece_v1_large_model',
    'api_key_env: OPENAI_API_KEY_2',
    'env_key = "MY_SERVICE_API_KEY_V2"',
    'key_file: /etc/ssl/private/server1.key',
    'ssl_key_password_file=/run/secrets/key1',
    'tokenUrl: https://login.microsoftonline.com/common/oauth2/v2.0/token',
    'client_id = "1234567890-abcdefghijklmnop.apps.googleusercontent.com"',
    'GOOGLE_CLIENT_ID=1234567890-abc123def456.apps.googleusercontent.com',
    'account_sid = "AC0123456789abcdef0123456789abcdef"',
    'tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47"',
    'sha = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"',
    '"sessionId": "f47ac10b-58cc-4372-a567-0e02b2c3d479"',
    'X-Request-Id: 7b2f1c3d-9a8e-4f5b-8c6d-1e2f3a4b5c6d',
    'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'cache-key: node-modules-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'hash: $2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    'passwordHash: "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"',
    'docker pull nginx@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'image.tag=1.2.3-abcdef1234567',
    'public_token=pk_live_abcdefghijklmnopqrstuvwx12',
    'NEXT_PUBLIC_API_KEY=abcDEF123456ghiJKL789012',
    'pk_test_TYooMQauvdEDq54NiTphI7jx',
    'recaptcha_site_key = "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI"',
    'ssh-keygen -t ed25519 -C "me"',
    'SHA256:uNiVztksCsDhcc0u9e8BGrJXVGDnaM9NtpTsuFXiEgg',
    'https://user:pass@example.com',
    'http://username:password@proxy:8080',
    'https://$USERNAME:$TOKEN@github.com/x/y',
    'git remote set-url origin https://<token>@github.com/a/b',
    'mysql://user:secret@localhost/db',
    'amqp://guest:guest@rabbitmq:5672/',
    'mongodb://root:example@mongo:27017/',
    'POSTGRES_PASSWORD: postgres',
    'POSTGRES_PASSWORD=example',
    'MYSQL_ROOT_PASSWORD: root',
    'REDIS_PASSWORD=',
    'DB_PASSWORD=secret',
    'AWS_SECRET_ACCESS_KEY=test',
    'aws_access_key_id = <YOUR_ACCESS_KEY>',
    '--from-literal=password=changeme',
    'SECRET_KEY=django-insecure-change-me',
    'JWT_SECRET=your-256-bit-secret',
    "jwt.sign(payload, 'secret')",
    "token: 'test-token'",
    'Authorization: token OAUTH-TOKEN',
    'Authorization: Bearer test-token',
    'x-api-key: {{apiKey}}',
    "headers: { Authorization: 'Bearer ' + token }",
    "'Authorization': f'Bearer {token}'",
    'curl -u "$USER:$TOKEN" https://api.github.com',
    'curl --user username:password https://example.com',
  ])('hold no secret: %j', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('overlapping secrets', () => {
  it('are one: a form of its own goes before a place', () => {
    const token = `ghp_${drawn(ALNUM, 36)}`;
    for (const text of [
      `password = "${token}"`,
      `https://me:${token}@example.org/`,
      `Authorization: Bearer ${token}`,
    ]) {
      const facts = textFacts(text);
      expect([facts.secrets, facts.secretCount]).toEqual([['github-token'], 1]);
    }
  });

  it('keeps personal data out of a password', () => {
    expect(textFacts('postgres://app:x9Kd82mQ@db.example.org/app').personalData).toEqual([]);
  });

  it('counts each place once', () => {
    const token = `ghp_${drawn(ALNUM, 36)}`;
    expect(textFacts(`${token} and ${token}`)).toMatchObject({ secrets: ['github-token'], secretCount: 2 });
  });
});
