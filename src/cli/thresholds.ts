import { type OptionValues, textOption, UsageError } from './command.js';

const FIGURES = ['policies', 'branches', 'score', 'members'] as const;

/** A figure in percent that can be asked for. */
export type Figure = (typeof FIGURES)[number];

/** Reads `--threshold`: a percentage for every figure, or some as `policies=100,branches=80,score=85`. */
export function readThresholds(options: OptionValues): Readonly<Partial<Record<Figure, number>>> {
  const text = textOption(options, 'threshold');
  if (text === undefined) return {};
  if (!text.includes('=')) {
    const all = percentage(text, text);
    return { policies: all, branches: all, score: all };
  }
  const thresholds: Partial<Record<Figure, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', value = '', ...more] = part.split('=');
    const known = FIGURES.find((each) => each === name.trim());
    if (known === undefined || more.length > 0) throw wrong(text);
    thresholds[known] = percentage(value, text);
  }
  return thresholds;
}

function percentage(text: string, whole: string): number {
  const value = /^\s*\d{1,3}(?:\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 100)) throw wrong(whole);
  return value;
}

function wrong(text: string): UsageError {
  return new UsageError(
    `--threshold takes a percentage, or some such as ${FIGURES.map((name) => `${name}=90`).join(',')}, not ${JSON.stringify(text)}`,
  );
}
