import { ending } from './endings.js';
import type { InjectionKind } from './finding-kinds.js';
import { isOfProgram } from './of-programs.js';
import { isOwnRemark } from './own-words.js';
import {
  ASK,
  AUTHORITY,
  FETCH,
  FOLLOW,
  FORGET,
  GRAVE,
  HARM,
  INSTRUCTION,
  KEEP,
  LASTING,
  LIMIT,
  MUST,
  NEGATION,
  PLACE,
  PLAY,
  PRIOR,
  PROMPT,
  READING,
  RUN,
  SAY,
  SECRET,
  SECRETLY,
  SEND,
  TAKE,
  TELL,
  URGENT,
  USER,
  VALID,
  VOID,
  WITHOUT,
  YOU,
} from './sign-table.js';
import { foldText } from './view.js';

/** A part of a demand: which signs stand near each other in a sentence, and how much that says. */
export interface Part {
  readonly name: string;
  readonly kind: InjectionKind;
  readonly weight: number;
  /** Says by itself that a model is spoken to; the others are ordinary talk as well. */
  readonly firm?: boolean;
  /** One sign of each, any two of them no further apart than `within` characters. */
  readonly groups: readonly number[];
  readonly within: number;
  readonly when?: (text: string, start: number, end: number) => boolean;
}

const TARGET =
  /https?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1)|\bwww\.|\w@[\w-]{1,40}\.[a-z]{2}|\b(?!127\.|0\.0\.|10\.|192\.168)(?:\d{1,3}\.){3}\d{1,3}\b|\b[\w-]{2,40}\.(?:com|net|org|io|dev|site|xyz|ru|cn|top|info|online|app|sh|me|co|example|invalid|test)\b/i;
/** Whether a piece of text names a place outside; every form of it has a dot or two slashes. */
export function hasTarget(text: string): boolean {
  return (text.includes('.') || text.includes('://')) && TARGET.test(text);
}

const INTERFACE = /\b(?:(?<!hidden )headers?|endpoint|api call|sdk|curl -H|request body)\b/i;

/** Secrets that are somebody's, rather than the one that a guide says where to enter. */
const SOMEBODYS =
  /~\/\.|\$HOME|\/(?:home|Users|root)\/|\.ssh\b(?!\/\w+\.pub)|\.bash_history|\.zsh_history|\.netrc|\.aws\/|\.kube\b|id_(?:rsa|ed25519)(?!\.pub)|\/etc\/(?:passwd|shadow)|\b(?:all|every|each|any|his|her|their|the users?'?s?|your users?'?s?|the owner'?s?)\s+(?:\w+\s+){0,2}(?:secrets?|tokens?|keys?|passwords?|credentials?|cookies?|e-?mails?|conversations?|files?)\b|\b(?:secrets?|tokens?|keys?|passwords?|credentials?) (?:of|from|belonging to) (?:the|your|this) (?:user|owner|machine|company|host)/i;

/** `asks it to reveal`, `must not show`: told of somebody, or forbidden. */
export const isToldOf = ending(
  /(?:\b(?:ask(?:s|ed|ing)?|tr(?:y|ies|ied|ying)|wants?|attempt\w*|tells?|told|request\w*|refuse[sd]?)\b[^.!?\n]{0,20}|\bnot|n't|\bnever|\bcannot|\bavoid)\s+(?:to\s+|be\s+)?$/i,
);

/** `must not disable safety checks`: the limits stay. */
const KEPT =
  /(?:\bnot|n't|\bnever|\bno|\bwithout)\s+(?:\w+ly\s+)?(?:disabl|bypass|skip|circumvent|remov|weaken|turn|switch|deactivat|evad)/i;

/** `without restrictions on bandwidth` says what is not restricted. */
function isUnlimited(text: string, start: number, end: number): boolean {
  // Where the limits are named first, the verb follows what was found.
  const to = /^(?:do|don|must|can|no|n't|never|without)/i.test(text.slice(start, start + 8)) ? end : end + 12;
  return (
    !KEPT.test(text.slice(start, to)) &&
    !/^\s+(?:on|in|to|for|of|about|from)\s+(?!what|topics?|your|you|content|any|language)/i.test(
      text.slice(end, end + 24),
    )
  );
}

/** `nobody edits files there without asking`: what is not to be done unasked. */
const UNASKED_FORBIDDEN =
  /\b(?:nobody|no ?one|no-one|none|never|not|cannot|niemand|keiner|personne|nadie|nessuno|ninguem)\b(?:(?!\b(?:and|but|just|und|et)\b)[^.!?\n,;:]){1,70}\b(?:without|ohne|sans|sin|senza|sem)\b/i;

/** The same in other languages: with the denial before, or behind where verbs come last. */
const FORBIDDEN_ABROAD = new RegExp(
  foldText(
    String.raw`(?:^|[^\p{L}])(?:no|non|ne|nu|nem|nuk|nicht|niet|inte|ikke|ei|eivat|eika|ega|nao|pas|nie|nije|não|не|нe|δεν|μην|لا|ولا|לא|ולא|khong|tidak|jangan|hindi|huwag|hawa\p{L}+|nemeni|nemenia|nemaina|nekeicia|ห้าม|n'\p{L}+)(?![\p{L}])(?:(?!(?:^|[^\p{L}])(?:y|e|et|und|en|och|og|ja|i|a|si|và|и|і|та|va|ve|dhe|και|και|dan|at|na)[^\p{L}])[^.!?\n,;:]){1,70}$|ไม่[^.\n]{0,30}$|ห้าม[^.\n]{0,30}$|不得[^.\n]{0,10}$`,
  ),
  'iu',
);
/** Letters of the scripts of these languages. */
const HAS_FORBIDDING_SCRIPT = /[A-Za-z\u0370-\u04ff\u0590-\u06ff\u0e00-\u0e7f不]/;
const FORBIDDEN_BEHIND = new RegExp(
  foldText(
    String.raw`^(?:(?!\s(?:और|اور|و|ve|və|மற்றும்|এবং|আর|és|あと)\s)[^.!?\n,;:]){0,100}?(?:नहीं|नही|[\p{L}] না(?!\s?জিজ্ঞেস)|نہیں|نمی|نکن|m[ae]z(?:lar|ler)?(?![\p{L}])|m[iı]r(?:l[aə]r)?(?![\p{L}])|nem\s|கூடாது|வேண்டாம்|ないこと|しない|않|不得|不要|不可|未)`,
  ),
  'iu',
);

function isAllowedUnasked(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - 70);
  if (UNASKED_FORBIDDEN.test(text.slice(from, end))) return false;
  const before = text.slice(from, start);
  return (
    !(HAS_FORBIDDING_SCRIPT.test(before) && FORBIDDEN_ABROAD.test(before)) &&
    !FORBIDDEN_BEHIND.test(text.slice(start, end + 60))
  );
}

const isBeforeOrder = ending(
  /(?:^|[.!?:;,\n>"'`(*#|[{-]\s{0,3}|\b(?:and|then|please|must|should|shall|now|also|to|first|just|always|will|immediately|silently|quietly|kindly|instead|simply|either|or|not|is|y|e|et|und|en|och|og|ja|si|dhe|ve|va|es|a potom|potom)\s+)$/i,
);

/** `"type": "git"`: a word in quotation marks that a value follows. */
function isKey(text: string, end: number): boolean {
  const quote = text.charCodeAt(end);
  return (quote === 0x22 || quote === 0x27) && /^\s?:/.test(text.slice(end + 1, end + 3));
}

/** Whether a verb in English stands where orders begin; other languages are not looked at. */
function isOrder(text: string, start: number, end: number): boolean {
  if (isKey(text, end)) return false;
  return !/^[A-Za-z_-]+$/.test(text.slice(start, end)) || isBeforeOrder(text.slice(Math.max(0, start - 16), start));
}

/** Whether what was found begins with anything but a key. */
function isNoKeyFirst(text: string, start: number): boolean {
  return !/^[a-z]+["']\s?:/i.test(text.slice(start, start + 24));
}

export const OVERRIDE = 'instruction-override';
export const OTHER_TONGUE =
  /^(?!ignore\b|disregard|forget|override|overrule|supersede|discard|abandon|drop|bypass|neglect|overrid|whatever|regardless|no matter|even |priority|precedence|instead|stop |do not|don't|stands above|irrespective|takes? prec|outrank|overrule|comes before|above what|more important|set aside|put aside|throw out|pay no)/i;

const ENGLISH_FORGETTING =
  /(?<![a-z])(?:ignor(?:e[sd]?|ing)|disregard|forget|overrid|overrul|supersede|discard|abandon|bypass|neglect|whatever|regardless|no matter|even|instead|stop|follow|drop|obey)/i;

/** Whether what says to forget is not English, of whose words `findOverride` knows more. */
function isAbroad(text: string, start: number, end: number): boolean {
  return !ENGLISH_FORGETTING.test(text.slice(start, end));
}

/** `the above commands take precedence over this variable`: what a program heeds first. */
function isOverSetting(text: string, end: number): boolean {
  return (
    /\b(?:over|precedence)$/i.test(text.slice(end - 10, end)) &&
    /^(?:\s+over)?\s+(?:(?:this|these|that|those|the|any|an?|its)\s+)?(?:\w+\s+)?(?:variables?|options?|settings?|values?|properties|property|arguments?|flags?|parameters?|defaults?|entries|files?)\b/i.test(
      text.slice(end, end + 80),
    )
  );
}

export const PARTS: readonly Part[] = [
  {
    name: 'forget',
    firm: true,
    kind: OVERRIDE,
    weight: 3,
    groups: [FORGET, INSTRUCTION, PRIOR],
    within: 60,
    when: (text, start, end) =>
      !isOfProgram(text, start, end) && !isOverSetting(text, end) && !isOwnRemark(text, start, end),
  },
  {
    name: 'drop',
    firm: true,
    kind: OVERRIDE,
    weight: 2,
    groups: [FORGET, INSTRUCTION],
    within: 30,
    when: (text, start, end) =>
      isAbroad(text, start, end) && !isOverSetting(text, end) && !isOwnRemark(text, start, end),
  },
  { name: 'unbound', firm: true, kind: 'jailbreak', weight: 3, groups: [FORGET, LIMIT], within: 40, when: isAbroad },
  { name: 'void', firm: true, kind: OVERRIDE, weight: 2, groups: [INSTRUCTION, NEGATION, VALID], within: 50 },
  { name: 'void', firm: true, kind: OVERRIDE, weight: 1.5, groups: [USER, VOID], within: 50, when: isAbroad },
  { name: 'become', firm: true, kind: 'jailbreak', weight: 2, groups: [YOU, PLAY], within: 50 },
  { name: 'void', firm: true, kind: OVERRIDE, weight: 2.5, groups: [INSTRUCTION, PRIOR, VOID], within: 80 },
  {
    name: 'conceal',
    firm: true,
    kind: 'concealment',
    weight: 2.5,
    groups: [NEGATION | WITHOUT, TELL, USER],
    within: 60,
  },
  {
    name: 'unasked',
    firm: true,
    kind: OVERRIDE,
    weight: 2,
    groups: [NEGATION | WITHOUT, ASK, USER],
    within: 40,
    when: isAllowedUnasked,
  },
  {
    name: 'unasked',
    kind: OVERRIDE,
    weight: 1.5,
    groups: [NEGATION | WITHOUT, ASK],
    within: 40,
    when: isAllowedUnasked,
  },
  {
    name: 'exfil',
    firm: true,
    kind: 'exfiltration',
    weight: 2.5,
    groups: [SEND, SECRET | PROMPT],
    within: 140,
    when: (text, start, end) =>
      hasTarget(text.slice(Math.max(0, start - 80), end + 120)) &&
      !INTERFACE.test(text.slice(start, end + 80)) &&
      !/\$\{\{|=>|process\.env/.test(text.slice(start, end + 30)),
  },
  {
    name: 'exfil',
    firm: true,
    kind: 'exfiltration',
    weight: 4,
    groups: [SEND | KEEP | TAKE, SECRET],
    within: 90,
    when: (text, start, end) =>
      SOMEBODYS.test(text.slice(Math.max(0, start - 4), end + 24)) &&
      hasTarget(text.slice(Math.max(0, start - 60), end + 110)) &&
      !INTERFACE.test(text.slice(start, end + 80)),
  },
  {
    name: 'disobey',
    kind: OVERRIDE,
    firm: true,
    weight: 2.5,
    groups: [FORGET, USER],
    within: 28,
    when: (text, start) => !/^(?:users?|humans?|people)\b/i.test(text.slice(start, start + 8)),
  },
  {
    name: 'exfil',
    kind: 'exfiltration',
    weight: 1.25,
    groups: [SEND],
    within: 0,
    when: (text, _start, end) => hasTarget(text.slice(end, end + 140)),
  },
  { name: 'lapsed', kind: OVERRIDE, weight: 1, groups: [INSTRUCTION | LIMIT, VOID], within: 24 },
  { name: 'decode', kind: OVERRIDE, weight: 1.5, groups: [FETCH, FOLLOW], within: 80 },
  {
    name: 'trigger',
    firm: true,
    kind: OVERRIDE,
    weight: 1.5,
    groups: [READING, FOLLOW | RUN | SEND | HARM | TAKE | KEEP],
    within: 160,
  },
  { name: 'unsaid', kind: 'concealment', weight: 0.75, groups: [NEGATION, TELL], within: 25 },
  { name: 'exfil', kind: 'exfiltration', weight: 1, groups: [SEND, SECRET], within: 100 },
  { name: 'take', kind: 'exfiltration', weight: 1, groups: [TAKE, SECRET], within: 80 },
  {
    name: 'extract',
    firm: true,
    kind: 'prompt-extraction',
    weight: 2.5,
    groups: [TAKE | TELL | SEND | SAY, PROMPT],
    within: 110,
    when: (text, start) =>
      !/^(?:your|system|initial|hidden|developer)/i.test(text.slice(start, start + 10)) &&
      !isToldOf(text.slice(Math.max(0, start - 40), start)),
  },
  {
    name: 'unlimited',
    firm: true,
    kind: 'jailbreak',
    weight: 2,
    groups: [NEGATION | WITHOUT, LIMIT],
    within: 40,
    when: isUnlimited,
  },
  { name: 'play', firm: true, kind: 'jailbreak', weight: 2, groups: [PLAY, LIMIT], within: 140, when: isUnlimited },
  { name: 'harm', kind: OVERRIDE, weight: 1, groups: [HARM, GRAVE], within: 60 },
  { name: 'remote', kind: 'planted-command', weight: 1.5, groups: [RUN, PLACE], within: 100, when: isNoKeyFirst },
  { name: 'indirect', firm: true, kind: OVERRIDE, weight: 2.5, groups: [FETCH, FOLLOW, INSTRUCTION], within: 140 },
  {
    name: 'persist',
    kind: OVERRIDE,
    firm: true,
    weight: 2,
    groups: [KEEP, LASTING],
    within: 80,
    // The file as a heading, and rules below it.
    when: (text, start) => !/^(?:agents|claude)\.md\s?:/i.test(text.slice(start, start + 12)),
  },
  { name: 'output', firm: true, kind: OVERRIDE, weight: 2.5, groups: [READING, SAY], within: 160 },
  {
    name: 'order',
    kind: OVERRIDE,
    weight: 0.75,
    groups: [FORGET | SEND | TAKE | RUN | HARM | KEEP | FOLLOW | SAY],
    within: 0,
    when: isOrder,
  },
  { name: 'say', kind: OVERRIDE, weight: 0.75, groups: [SAY], within: 0 },
  { name: 'secretly', kind: 'concealment', weight: 0.75, groups: [SECRETLY], within: 0 },
  { name: 'urgent', kind: OVERRIDE, weight: 0.5, groups: [URGENT], within: 0 },
  { name: 'authority', kind: OVERRIDE, weight: 0.5, groups: [AUTHORITY], within: 0 },
  { name: 'must', kind: OVERRIDE, weight: 0.25, groups: [MUST], within: 0 },
];

/** Whether a part can stand in a sentence with these signs. */
export function mayHave({ groups }: Part, all: number): boolean {
  for (const group of groups) if ((all & group) === 0) return false;
  return true;
}

/** Whether any of these parts can. */
export function mayHaveAny(parts: readonly Part[], all: number): boolean {
  for (const part of parts) if (mayHave(part, all)) return true;
  return false;
}
