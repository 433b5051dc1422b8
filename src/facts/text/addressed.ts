import { isAddressedAbroad } from './addressed-tongues.js';
import { ALNUM, isIn, LETTER, WORD } from './characters.js';
import { ending } from './endings.js';
import { foldText } from './view.js';

const pattern = (source: string): RegExp => new RegExp(foldText(source), 'i');

/** What stands before a name for machines when somebody speaks to them: `note to the`, `if you are an`, `dear`, `hinweis fur alle`. */
const isCalled = ending(
  pattern(
    String.raw`(?:^|[^\w])(?:(?:mandatory|guide|manual|handbook|guidelines|procedure|notes?|notice|attention|messages?|memo|reminders?|hints?|instructions?|guidance|directives?|warning|written|meant|intended|specifically|hinweise?|achtung|nachricht|anweisung(?:en)?|mitteilung|consignes?|avis|remarque|attention|nota|aviso|instruccion(?:es)?|mensaje|atencion|istruzioni|avviso|messaggio|attenzione|instruc(?:ao|oes)|mensagem|atencao|let op|opmerking|bericht|uwaga|wiadomosc|informacja|примечание|внимание|сообщение|инструкция|для|увага|not|dikkat|mesaj|ملاحظة|تنبيه|رسالة|إلى|सूचना|ध्यान|nota bene|obs|luu y|gui|catatan|pozn(?:amka)?)(?:[\s:,(*_\]-]+(?:to|for|at|an|fur|a|au|aux|pour|para|per|al|alla|agli|ao|aos|voor|aan|dla|do|для|к|всем|til|till|cho|untuk|pro|الى|إلى|ل|के लिए|icin))?|dear|hey|hi|hello|ok|okay|listen|liebe[rs]?|cher|chere|chers|estimad[oa]s?|querid[oa]s?|gentile|gentili|car[oi]|prezad[oa]s?|beste|geachte|drogi|szanowny|уважаем\w+|дорог\w+|sayin|sevgili|عزيزي|أيها|ايها|प्रिय|if an?|if (?:you|u)(?:'re| are| r| happen to be| were)|should you be|(?:that|since|because) you are(?= an?\s)|as(?= an\s)|wenn du|falls du|si tu es|si vous etes|si eres|se sei|se voce (?:e|for)|если ты|якщо ти|als je|jesli jestes|eger)[\s:,"'(*_-]+(?:(?:an?|the|any|all|every|our|your|this|other|future|whichever|those|automated|autonomous|intelligent|helpful|ein\w*|die|den|der|das|alle|jede\w*|une?|les?|la|l'|l|tou[st]e?s?|los?|las|un[ao]?|il|gli|i|tutt[ie]|os?|todos|de|het|wszystk\w+|всех|все|bir|tum)[\s"'-]+){0,3}(?:[\w-]{2,14}[\s/]+){0,2}$`,
  ),
);

/** What follows when it is told what to do or described as the reader. */
const READS = pattern(
  String.raw`^[\w-]{0,6}["')*_]*(?:\s+[\w/-]{1,14}){0,2}?[\s,]+(?:(?:that (?:is|are)|which (?:is|are)|who (?:is|are)|currently|now|that|who|which)\s+)?(?:reading|processing|parsing|viewing|summari[sz]ing|analy[sz]ing|crawling|scraping|indexing|ingesting|handling|reviewing|scanning|evaluating|grading|screening|translating|looking at|[a-z]{3,14}ing (?:this|these|those|the|that|it|here))\b`,
);

const READER =
  /^[\w-]{0,6}["')*_]*(?:\s+[\w/-]{1,14}){0,2}?\s+(?:that|who|which|qui|que|der|die|das)\s+(?:lis|lit|liest|lee|touches|sorts?|handles?|works?|happens|scans?|indexes|crawls?|summari[sz]es?|answers?|helps?|runs?|looks?|reads?|process(?:es)?|ingests?|summari[sz]es?|handles?|encounters?|sees?|receives?|parses?|opens?|visits?|finds?|[a-z]{2,12}s (?:this|these|the|your|our))\b/i;

const ORDERED = pattern(
  String.raw`^[\w-]{0,6}["')*_]*(?:\s+[\w/-]{1,14}){0,2}?\s+(?:must|should|shall|needs? to|ha(?:s|ve) to|(?:is|are) (?:required|instructed|asked|expected|obliged|hereby|now|requested|authori[sz]ed|ordered|directed|permitted|allowed)|please|will now|may now|muss|mussen|soll(?:en)?|doi(?:t|vent)|debe[ns]?|deve|devono|devem|moet(?:en)?|musi|должен|должны|обязан[ыа]?|gerekiyor|tienen? que|habran de|han de|devront|hanno da|dovranno|dovrebbero|terao de|tem de|dienen te|haben zu|powinn\w+|musza|maja)\b`,
);

/** The noun alone at the beginning of a sentence, with a colon or comma behind it: `Assistant, ...`, `AIアシスタントへ：`. */
/** `To the model ...`, `(for assistants only)`: at the beginning of a sentence or in brackets. */
const isMeant = ending(
  pattern(
    String.raw`(?:^|[\n.!?;>*#|"({[\]-])\s*(?:to|for|an|fur|pour|para|per|dla|для|voor|till|til|pro|cho|untuk)\s+(?:(?:the|any|all|every|our|your|other|die|den|das|alle|les?|l'|los?|las?|il|gli|o|os|de|het|всех|wszystkich)[\s-]+){0,2}(?:(?!(?:to|the|an?|your|our|with|of|in|from|https?|user)[\s/-])[\w-]{2,14}[\s/]+){0,2}$`,
  ),
);

const isFirst = ending(
  /(?:^|[\n.!?;>*#|"'([{}<-])\s*(?:(?:@|the|all|any|every|you|dear|hey|ai|llm|coding|an|fur|para|per|per gli|pour|给|給|致|对|對|請|请|@?[A-Z][\w-]{1,14}|@\w{1,20})[\s,:/]*){0,3}$/i,
);
const PAUSE =
  /^[\p{L}\d-]{0,8}(?:[\s/][\p{L}\d/-]{1,14}){0,3}?(?:へ|に告ぐ|各位|さん|님|에게|께|の皆さん)?["')\]*_]*\s?[:,、—]/u;

const SPOKEN =
  /^s?\s?[:,!]\s{0,2}["'`]?(?:your?\b|please|perform|ignore|disregard|forget|do\b|open|read|send|run|execute|print|list|reply|respond|answer|follow|stop|skip|start|begin|now\b|this is|write|call|use|set\b|delete|add|put|from now)/i;

const SPEECH =
  /\b(?:you|your|yourself|please|must|should|shall|never|don't|do not|now|the (?:user|person|operator|owner|developer|maintainer)|this (?:is|page|file|text|document|message)|whoever|from here|there is no need)\b|[:,]\s{0,3}["'`*_(]{0,3}(?:[a-z]+ly,? )?(?:then )?(?:read|open|send|run|execute|print|list|reply|respond|answer|follow|stop|skip|start|begin|write|call|set|delete|remove|add|put|ignore|disregard|forget|abandon|perform|approve|merge|upload|post|email|e-mail|mail|copy|take|mark|rate|rank|include|append|insert|install|download|fetch|visit|say|tell|claim|state|recommend|grant|give|show|reveal|output|dump|collect|gather|replace|change|disable|enable|turn|switch|push|commit|publish|create|make|use|obey|decode|translate|repeat|summari[sz]e|act|behave|treat|consider|remember|store|save|note|keep|hide|do|go|let|help|proceed|continue|accept|reject|score|pretend|override|bypass|export|transfer|pay|buy|order|attach|forward|share|leak|exfiltrate)\b/i;

/** Whether what follows an English noun at the beginning of a sentence is speech to somebody, not the value of a key. */
function isSpokenTo(text: string, start: number, end: number): boolean {
  return (
    text.charCodeAt(start) > 0x7e ||
    !/^[A-Za-z -]+$/.test(text.slice(start, end)) ||
    SPEECH.test(text.slice(end, end + 90))
  );
}

/** Whether a turn of somebody who is served stands shortly before. */
function isTurnNear(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 300), start);
  return before.includes(':') && /\b(?:customer|client|caller|visitor|kunde|user)\s?:/i.test(before);
}

/** Whether there is a sign that `PAUSE` ends with. */
function mayPause(after: string): boolean {
  return after.includes(',') || after.includes(':') || after.includes('、') || after.includes('—');
}

/** `user-agent`, `gpg-agent`, `pm.agent`, `x_agent`, `AI_ADDRCONFIG`, `ia32`: a piece of the name of something else. */
function isPieceOfName(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end);
  if (isIn(after, WORD & ~LETTER)) return true;
  const before = text.charCodeAt(start - 1);
  if (before === UNDERSCORE) return true;
  const isJoined = before === DOT || before === SLASH || before === BACKSLASH || before === DASH;
  if (!isJoined || !isIn(text.charCodeAt(start - 2), ALNUM)) return false;
  // `translator-agent: do not ...`
  return before !== DASH || !(/^s?\s?[:,]/.test(text.slice(end, end + 3)) && SPEECH.test(text.slice(end, end + 60)));
}

const UNDERSCORE = 0x5f;
const DOT = 0x2e;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const DASH = 0x2d;

/** `model: openai('x'),`, `"model": "x"`: a key of a program with its value. */
const KEY =
  /^["'`]?\s?:\s{0,2}(?:["'`][^"'`\s]*["'`]|[\w$]+(?:\.[\w$]+)*(?:[([]|[,;)}\]]\s*(?:\n|$)|\.\w+\s*[,}])|[{[])/;

/** Whether a noun in small letters is a word of programs: the cursor of a text or a database, a key. */
function isOfCode(noun: string, before: string, after: string): boolean {
  if (noun === 'cursor') return !(SPOKEN.test(after) && isFirst(before));
  return /^[a-z]+$/.test(noun) && KEY.test(after);
}

const OF_MEETINGS =
  /\b(?:acta|reunion|junta|asamblea|minuta|orden del dia|convocatoria|comite|verbale|riunione|assemblea|seduta|proces-verbal|compte[- ]rendu|seance)\b/i;

/** How surely the noun from `start` to `end` is somebody spoken to: 2 for certain, 1 for told of what they should do, 0 for neither. */
export function addressWeight(text: string, start: number, end: number): number {
  if (text.startsWith('ai', start) && end - start < 4) return 0;
  const before = text.slice(Math.max(0, start - 70), start);
  // People with their tools: `note for contributors using AI tools`.
  if (/\b(?:using|who uses?)\s+(?:an?\s)?$/i.test(before)) return 0;
  // Those who were there, as minutes of meetings name them.
  if (
    /^(?:asistentes|assistenti|assistants)$/i.test(text.slice(start, end)) &&
    OF_MEETINGS.test(text.slice(Math.max(0, start - 240), start))
  )
    return 0;
  const after = text.slice(end, end + 70);
  if (isPieceOfName(text, start, end) || isOfCode(text.slice(start, end), before, after)) return 0;
  // Models are of many kinds, so that theirs is only a hint.
  const sure = /^(?:language )?models?$/i.test(text.slice(start, end)) ? 1.5 : 2;
  if ((/ing/i.test(after) && READS.test(after)) || READER.test(after)) return sure;
  if (isCalled(before) || isMeant(before)) return sure;
  if (isAddressedAbroad(text, start, end)) return 2;
  if (/^(?:models?|robots?)$/i.test(text.slice(start, end))) return SPOKEN.test(after) && isFirst(before) ? 2 : 0;
  if (text.charCodeAt(start) === 0x22) return 2;
  // The other side of a conversation with somebody's support.
  if (/^agents?$/i.test(text.slice(start, end)) && isTurnNear(text, start)) return 0;
  // `assistant:` in small letters is the key of a table or a turn of a conversation.
  if (
    mayPause(after) &&
    PAUSE.test(after) &&
    isFirst(before) &&
    !(/\(\s*$/.test(before) && /^\w*,/.test(after)) &&
    isSpokenTo(text, start, end)
  )
    return /^[a-z]\w*$/.test(text.slice(start, end)) &&
      /^\w{0,2}["']?\s?:/.test(after) &&
      /(?:^|\n)[\s>*#-]*$/.test(before)
      ? 1
      : 2;
  if (ORDERED.test(after))
    return /\b(?:when|if|where|unless|until|whether|that|because)\s+(?:(?:an?|the|your|our|any)\s+)?$/i.test(before)
      ? 0
      : /s$|^(?:ai|llm)$/i.test(text.slice(start, end)) || /^s?\s+agents?\b/.test(after)
        ? 1.5
        : 1;
  // Scripts without blanks and small particles: the noun with somebody named by it.
  if (text.charCodeAt(start) < 0x370) return 0;
  return /^.{0,8}(?:へ|に|请|請|는|은|님|必|注意|[:,،])/.test(after) ? 2 : 1;
}
