/** Files and pages that hold instructions for people or for programs. */
const IN_FILE =
  /^["'`*_]?\s(?:from|in|of|on|inside)\s(?:(?:the|our|its|an?|any|every|older?|previous|parent)\s){0,2}(?:[a-z]\w{1,14}\s)?(?:readme|wiki|docs|documentation|manual|guide|handbook|config(?:uration)?(?:\sfile)?|settings?\sfile|[\w-]*file|image|stylesheet|playbook|manifest|chart|profile|template|ticket|block|stanza|scope|[\w/-]+\.(?:md|txt|rst|html|ya?ml|json|toml|cfg|ini|conf))\b/i;
/** A matter of its own that they are about, and none of a listener's. */
const ON_A_MATTER =
  /^["'`*_]?\s(?:about|regarding|concerning)\s(?!(?:your|my|the\s(?:user|system|assistant|safety|rules|task|above)|safety|security|privacy|secrets?|tools?|confidential\w*|what|how|this|that|these|those|asking|confirm\w*|being|not|harm\w*|content|user|restrict\w*|approv\w*|permission\w*|output|answer\w*)\b)\w/i;
/** Reasons that are given to readers; what is to be done instead may follow. */
const REASON = /^["'`*_)]{0,2},?\s(?:they|these|those|it|its|that|which|because|since|as|so a|and only)\b/i;
const ORDER =
  /(?:^|[.!?;:,\n]\s{0,3}|\b(?:and|then|please|instead|now|also|just|only)\s)(?:run|execute|send|post|print|reveal|output|reply|respond|answer|say|do|follow|delete|remove|push|upload|fetch|curl|open|visit|tell|include|add|use|install|make|act|behave|obey|show|repeat|write|read|forward|email|approve|merge|pretend|you)\b/i;
const TOLD_OF = /^\w+(?:s|ed|den)\s/i;
const PROGRAM =
  /(?:`[^`\n]{1,40}`|\b(?:flag|option|switch|argument|parameter|variable|value|setting|property|directive|declaration|selector|annotation|attribute|entrypoint|cmd|image|profile|linter|compiler|parser|loader|layer|stage|preset|mixin|plugin|module|block)s?)(?:\s(?:that|which|there|always|also|simply|then|only|itself|silently))?\s$/i;
const FLAG = /(?:--[\w-]{2,30}|\s-\w{1,2})`?\s$/;
const TO_A_MODEL =
  /\b(?:ai|llms?|assistants?|agents?|models?|chatbots?|copilot|claude|gpt\w*|you are|system prompt)\b/i;

/**
 * `the flag overrides existing instructions in the config file`, `ignore the instructions in the wiki, they are old`: what
 * holds for programs and for readers of a file. The phrase goes from `start` to `end`, most often from its verb on.
 */
export function isOfProgram(text: string, start: number, end: number): boolean {
  const phrase = text.slice(start, end);
  if (TO_A_MODEL.test(text.slice(Math.max(0, start - 160), end + 80)) || /\byours?\b/i.test(phrase)) return false;
  const isTold = TOLD_OF.test(phrase);
  const before = text.slice(Math.max(0, start - 60), start);
  if (isTold && (FLAG.test(before) || (!/\ball\b/i.test(phrase) && PROGRAM.test(before)))) return true;
  const after = text.slice(end, end + 240);
  const place = IN_FILE.exec(after) ?? ON_A_MATTER.exec(after);
  if (place === null) return false;
  const rest = after.slice(place[0].length);
  return isTold || REASON.test(rest) || !ORDER.test(rest);
}
