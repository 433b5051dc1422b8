import type { LiteralRule, Reading } from './reading.js';
import { foldText } from './view.js';

/** Orders in open text to whoever reads as a machine, and commands that fetch and run what nobody has seen. */
export const ORDER_LITERALS: readonly LiteralRule[] = [
  ...(
    'agents:,agents,,assistants:,assistants,,bots:,bots,,llms:,llms,,chatbots:,chatbots,,crawlers:,models:,ai:,ki:,copilot:,' +
    'bot:,ai agent:,ai agent,,ai assistant:,ai assistant,,ai model:,ai model,,ai reviewer:,llm:,llm,,llm reviewer:,' +
    'language model:,language model,,coding agent:,coding assistant:,dear assistant:,ki-assistenten:,ki-systeme:,ki-agenten:'
  )
    .split(/,(?!,|$)/)
    .map((literal) => ({ literal, onHit: readAddress })),
  ...'curl ,wget ,iwr ,fetch '.split(',').map((literal) => ({ literal, onHit: readFetch })),
  ...'registry=http://,registry http://,index-url http://,index-url=http://,-i http://'
    .split(',')
    .map((literal) => ({ literal, onHit: readRegistry })),
];

/** What may stand between the beginning of a sentence and the name of who is addressed. */
const BEGINNING =
  /(?:^|[\n.!?>*#|:"'([/-])\s*(?:(?:dear|hey|hi|hello|attention|important|note|notice|to|for|all|any|every|the|you|coding|automated|autonomous|ai|llm|language|reviewer|review|summarizer|assistant|copilot|claude|cursor|hinweis|an|fur|alle)[\s,:/&]+){0,6}$/i;

const IMPERATIVE =
  /^[\s"'*_]*(?:(?:when(?:ever)?|if|before|after|as soon as|this|since|because)\b[^.\n]{0,80}, (?:also )?)?(?:(?:please|you (?:must|should|shall|need to|have to|are (?:required|asked|instructed) to)|kindly|immediately|now|first|always|never|do not|don't|bitte|also)[\s,]+){0,3}(?:run|execute|add|install|set|ignore|disregard|approve|merge|delete|remove|send|post|upload|open|visit|fetch|download|e-?mail|mail|rate|rank|reply|respond|output|print|say|write|forget|stop|skip|disable|give|reveal|grant|push|commit|call|create|change|insert|append|recommend|mark|tell|hide|star|fuhrt?|installiert?|sendet?|schickt?|loscht?|ignoriert?)\b/i;

/** What makes such an order more than a rule of a project: it gives something away, runs something or goes round a check. */
const GRAVE =
  /\b(?:secrets?|tokens?|passwords?|credentials?|api keys?|authorized_keys|ssh|permissions?|bypass\w*|approve|approved|merge|delete|rm|curl|wget|https?|sh|bash|without|hide|silently|the user|ignore|disregard|star|globally|e-?mail|disable|checks?|10\/10|candidate|competitors?|override|admin|sudo|previous|approval|audited|nutzer|passworter|schlussel)\b|\.env\b|[\w.]@\w/i;

const REACH = 200;

function readAddress(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const after = text.slice(end, end + REACH);
  if (!IMPERATIVE.test(after) || !GRAVE.test(after) || !BEGINNING.test(text.slice(Math.max(0, start - 80), start)))
    return;
  // `agents: add retries` is the heading of a change.
  if (/^[a-z]+:$/.test(text.slice(start, end)) && /(?:^|\n)\s*$/.test(text.slice(Math.max(0, start - 8), start)))
    return;
  reading.add('injection', 'instruction-override', start, end, true);
}

const INTO_INTERPRETER =
  /\|\s{0,3}(?:sudo\s+(?:-\w+\s+){0,3})?(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|k|a)?sh|python3?|node|perl|ruby|iex)\b|(?:&&|;)\s{0,3}(?:sudo\s+)?(?:ba|z)?sh\s+\S/;
const INSIDE_INTERPRETER =
  /(?:\beval\s+["']?(?:\$\(|`)|\b(?:ba|z|da)?sh\s+(?:-\w+\s+)?["']?(?:\$\(|<\()|\bsource\s+<\()\s{0,3}$/;

/** Whoever reads as a machine, in the languages that such orders come in. */
const READER = new RegExp(
  foldText(
    String.raw`\b(?:ai|ki|llms?|(?:coding |ai )?agents?|assistants?|chatbots?|bots|language models?|copilot|claude|chatgpt|gemini|cursor|assistenten?|asistentes?|assistente|modele|agenten)\b|помощник|ассистент|агент|助手|助理|アシスタント|エージェント|어시스턴트|에이전트`,
  ),
  'i',
);
const FIRST_OF_ALL =
  /\b(?:open (?:a|the|your) (?:shell|terminal|console|command prompt)|verify (?:that )?you|press enter|before (?:you (?:continue|proceed|answer|respond|do anything)|any(?: other)? task|answering|responding|doing|each|every)|as (?:your|the) first (?:step|action)|you must|you are required)\b/i;
const STAYS = /\.(?:bashrc|zshrc|profile|bash_profile|zprofile|zshenv)\b|\bcron(?:tab)?\b|\bauthorized_keys\b/i;

/**
 * `curl ... | sh` where it is asked of a machine, before anything else, from a host without TLS or for every shell to come.
 * On its own it is how many programs say they are installed.
 */
function readFetch(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  const rest = text.slice(end, end + 300);
  const lineEnd = rest.indexOf('\n');
  const line = lineEnd < 0 ? rest : rest.slice(0, lineEnd);
  const before = text.slice(Math.max(0, start - REACH), start);
  const inside = INSIDE_INTERPRETER.exec(before);
  const into = INTO_INTERPRETER.exec(line);
  if (inside === null && into === null) return;
  const address = into === null ? line : line.slice(0, into.index);
  const unsafe = /\bhttp:\/\/(?!localhost|127\.)/i.test(address);
  const evaluated = inside !== null && /eval/i.test(inside[0]);
  const asked = READER.test(before) || FIRST_OF_ALL.test(before) || STAYS.test(before) || STAYS.test(line);
  if (!unsafe && !evaluated && !asked) return;
  reading.add('injection', 'planted-command', start, end + (into === null ? 0 : into.index + into[0].length), true);
}

/** `npm install x --registry=http://203.0.113.9`: packages from a host that anybody on the way can be, other than this machine. */
function readRegistry(reading: Reading, start: number, end: number): void {
  const { text } = reading;
  if (
    /^(?:localhost|127\.|0\.0\.0\.0|\[::1|host\.docker|verdaccio|nexus|example\.|[\w.-]+\.example\b)/i.test(
      text.slice(end, end + 60),
    )
  )
    return;
  if (!/\b(?:install|i|add|dlx|npx|download)\b[^\n]{0,120}$/.test(text.slice(Math.max(0, start - 140), start))) return;
  reading.add('injection', 'planted-command', start, end, true);
}
