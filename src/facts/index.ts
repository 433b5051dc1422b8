export { installScripts } from './install-scripts.js';
export { type PathContext, type PathFacts, pathFacts } from './path-facts.js';
export type { GlobSets } from './path-globs.js';
export { type OpaqueReason, type ShellContext, type ShellFacts, shellFacts } from './shell-facts.js';
export { normalCommand } from './shell-normal-command.js';
export type { CategoryName, Finding, FindingCategory, TextOptions } from './text/finding.js';
export { findings, redact, type TextFacts, textFacts } from './text-facts.js';
export { type UrlFacts, urlFacts } from './url-facts.js';
