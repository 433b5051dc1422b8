import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('settings that a command writes into a file', () => {
  test.each([
    ['echo insecure >> ~/.config/curlrc', 'curl insecure'],
    ['printf "%s\\n" --proxy-insecure > /tmp/c/.curlrc', 'curl insecure'],
    ['echo check_certificate=off | tee -a .wgetrc', 'wget check_certificate'],
    ["printf '[http]\\n\\tsslVerify = false\\n' >> ~/.gitconfig", 'git http.sslverify'],
    ['echo strict-ssl=false >> .npmrc', 'npm strict-ssl'],
    ['cat > pip.conf <<EOF\n[global]\ntrusted-host = $(cat h)\nEOF', 'pip trusted-host'],
    ['echo "enableStrictSsl: false" >> .yarnrc.yml', 'yarn enablestrictssl'],
  ])('%s sets %s', (command, setting) => {
    expect(factsOf(command).settings).toContain(setting);
  });

  test.each([
    ['echo silent >> ~/.curlrc'],
    ['echo insecure > notes.txt'],
    ['echo check_certificate=on > .wgetrc'],
    ['echo strict-ssl=true >> .npmrc'],
    ["printf '[http]\\n\\tsslVerify = true\\n' >> ~/.gitconfig"],
  ])('%s sets none that switches a check off', (command) => {
    expect(factsOf(command).settings).toEqual([]);
  });
});
