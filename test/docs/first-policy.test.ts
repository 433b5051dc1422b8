import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf } from './markdown.js';
import { PROJECT, usePackedProject } from './packed-project.js';
import { blockRunner, RUNNABLE } from './run-blocks.js';

// "Your first policy in ten minutes", step by step in an empty folder.

const GUIDE = readFileSync(join(PROJECT, 'policies/README.md'), 'utf8');
const BLOCKS = blocksOf(GUIDE).filter(({ heading }) => heading === 'Your first policy in ten minutes');
const project = usePackedProject();
const run = blockRunner(project);

it('has all eight steps', () => {
  expect([...GUIDE.matchAll(/^\*\*(\d)\. \w+\.\*\*/gm)].map((match) => match[1]).join('')).toBe('12345678');
  expect(BLOCKS.filter(({ language }) => RUNNABLE.has(language)).length).toBeGreaterThan(14);
});

it.each(BLOCKS.map((block) => [block.line, block] as const))('what line %i shows works', (_, block) => {
  if (block.language === 'json') project.write('tests/packages.test.json', block.code);
  else run(block);
});
