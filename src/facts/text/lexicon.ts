import { foldText } from './view.js';

/** Roles a word can play in a sentence that tells a model to drop its instructions, as bits. */
export const VERB = 1;
/** A verb that is also common in other matters (`skip`, `override`) and needs a clear object. */
export const LIGHT_VERB = 2;
/** A verb whose object stands before it, as in German main clauses with an infinitive. */
export const LATE_VERB = 4;
export const REFERENCE = 8;
export const OBJECT = 16;
export const WEAK_OBJECT = 32;
export const ALL = 64;
export const YOUR = 128;
export const FILLER = 256;
/** `everything`: quantifier and object at once. */
export const EVERYTHING = 512;
export const TOLD = 1024;
/** Words that show that a text is about such attacks. */
export const CUE = 2048;
export const STOPS = 4096;
/** Words after which something new is demanded. */
export const JOIN = 8192;
/** `system` before `prompt` says whose prompt it is. */
export const SYSTEM = 16384;
/** Objects that are always a demand when they are the listener's own or all there are. */
export const RULE = 32768;

/** Words by role, languages together: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian. */
const ROLES: readonly (readonly [role: number, words: string])[] = [
  [VERB, 'ignore disregard forget neglect unlearn'],
  [
    LIGHT_VERB,
    'override overrule bypass discard skip drop cancel erase abandon overwrite delete remove dismiss reset scrap void nullify revoke suspend',
  ],
  [VERB, 'ignoriere ignorier ignoriert vergiss vergesse vergesst missachte missachtet verwirf übergehe umgehe'],
  [VERB | LATE_VERB, 'ignorieren vergessen missachten verwerfen übergehen umgehen'],
  [VERB, 'ignorez ignorer oublie oubliez oublier néglige négligez outrepasse outrepassez contourne contournez'],
  [
    VERB,
    'ignora ignorad ignoren ignorar olvida olvide olvidad olviden olvidar omite omita desestima desestime descarta descarte',
  ],
  [VERB, 'ignorate ignorare dimentica dimenticate dimenticare tralascia trascura'],
  [VERB, 'esqueça esquece esquecer desconsidere desconsidera'],
  [VERB | LATE_VERB, 'negeer negeren vergeet vergeten'],
  [VERB, 'zignoruj ignoruj zapomnij pomiń'],
  [
    VERB,
    'abaikan lupakan ignorera glöm strunta åsidosätt bortse ignorer ignorér glem unohda ohita sivuuta zapomeň zapomeňte ignorujte ігноруй ігноруйте проігноруй забудь ignoră ignorați uită uitați zignorujcie ignorisi zanemari zaboravi αγνόησε αγνοήστε ξέχασε ξεχάστε התעלם התעלמו שכח',
  ],
  [VERB, 'игнорируй игнорируйте проигнорируй забудь забудьте'],
  [
    REFERENCE,
    'previous prior preceding above earlier former foregoing past original initial existing before previously aforementioned old',
  ],
  [
    REFERENCE,
    'vorherigen vorherige vorheriger vorigen vorige bisherigen bisherige obigen obige früheren frühere vorangegangenen vorangegangene vorangehenden vorstehenden vorstehende ursprünglichen ursprüngliche zuvor vorher bisher',
  ],
  [REFERENCE, 'précédentes précédente précédents précédent antérieures antérieurs dessus initiales précède préalables'],
  [REFERENCE, 'anteriores anterior previas previos previa precedentes iniciales originales arriba'],
  [REFERENCE, 'precedenti precedente iniziali originali sopra prévias prévios iniciais originais acima'],
  [
    REFERENCE,
    'vorige voorgaande eerdere bovenstaande poprzednie wcześniejsze powyższe предыдущие предыдущих прежние вышеуказанные',
  ],
  [
    OBJECT,
    'instructions instruction prompt prompts directives directive directions guidelines guardrails programming orders instructs',
  ],
  [
    WEAK_OBJECT,
    'rules rule commands command context text messages message constraints restrictions limitations policies policy content conversation tasks task requests words information safety protocols training safeguards filters',
  ],
  [RULE, 'rules rule constraints restrictions limitations policies policy protocols training safeguards filters'],
  [
    RULE,
    'regeln einschränkungen beschränkungen sicherheitsregeln règles contraintes reglas restricciones normas regole regras regels zasady правила',
  ],
  [
    OBJECT,
    'anweisungen anweisung instruktionen vorgaben befehle richtlinien systemprompt systemanweisungen systemanweisung sicherheitsrichtlinien sicherheitsvorgaben systemvorgaben aufforderungen',
  ],
  [WEAK_OBJECT, 'regeln kontext aufgaben nachrichten einschränkungen beschränkungen sicherheitsregeln befehl'],
  [OBJECT, 'consignes ordres indications'],
  [WEAK_OBJECT, 'règles commandes contexte contraintes règle'],
  [OBJECT, 'instrucciones indicaciones órdenes directrices directivas'],
  [WEAK_OBJECT, 'reglas comandos mensajes contexto restricciones normas'],
  [
    REFERENCE,
    'sebelumnya atas tidigare föregående ovanstående hittills innan ovan tidligere forrige foregående hidtil ovenfor ovenstående aiemmat edelliset aikaisemmat předchozí předešlé попередні раніше anterioare precedente prethodne prethodna προηγούμενες προηγούμενα παραπάνω הקודמות לעיל',
  ],
  [
    REFERENCE,
    'antes anteriormente finora hierboven eerder dotychczas dotychczasowe poprzednio powyżej wcześniej раньше ранее выше вышеперечисленные прежде',
  ],
  [
    OBJECT,
    'instruksi arahan instruktioner instruktionerna anvisningar instruksjoner instrukser instruktionerne instrukserne retningslinjer riktlinjer anvisningarna föreskrifter ohjeet määräykset pokyny příkazy upute naredbe οδηγίες εντολές ההוראות הוראות ההנחיות instrukce інструкції вказівки instrucțiunile',
  ],
  [
    OBJECT,
    'istruzioni direttive indicazioni ordini instruções orientações diretrizes ordens instructies aanwijzingen instrukcje polecenia инструкции инструкций указания',
  ],
  [WEAK_OBJECT, 'regole comandi messaggi regras mensagens regels opdrachten zasady команды правила'],
  [
    ALL,
    'all any every each whatever alle allen aller sämtliche sämtlichen jegliche toutes toute tous todas todos tutte tutti quaisquer wszystkie wszelkie все всё semua seluruh alla kaikki všechny všechna всі усі toate sve όλες όλα כל מכל',
  ],
  [ALL | EVERYTHING, 'everything anything alles tout todo tutto tudo wszystko allt alt všechno'],
  [
    YOUR,
    'your yours deine deinen deiner dein ihre ihren tes vos votre ton tus sus tuas suas seus tue tuoi vostre jouw je twoje свои твои',
  ],
  [TOLD, 'you told instructed given taught learned said gesagt wurde dir dite dit dicho t'],
  [
    TOLD,
    'detto dito disse falado napisano powiedziano говорили сказали сказано verteld gezegd fått veta sagts sagt fortalt řečeno',
  ],
  [FILLER | JOIN, 'and or then instead but und dann stattdessen et puis y luego e i en и'],
  [FILLER | SYSTEM, 'system'],
  [
    FILLER,
    'following subsequent security sécurité seguridad sicherheit sicurezza segurança about the these those this that of from in to by which what were was have been has had is are provided received written stated set listed contained developer ai model hidden secret internal default built mentioned so far as well on my our me i us we other current certain specific',
  ],
  [
    FILLER,
    'die den der das oder von dem im bitte einfach sofort ab jetzt les des de que qui ce ci la le las los el lo se te han dado he por favor o gli di che quello quanto as os het van från fra frå och och w z co che ti è stato foi wat is je тебе вам что co bylo har blivit vad du om מ η τις τα',
  ],
  [STOPS, 'not never cannot nicht niemals nunca jamais'],
  [
    CUE,
    'injection injections attack attacks attacker attackers jailbreak jailbreaks malicious phrases phrase example examples detect detects detected detection detector pattern patterns adversarial regex payload payloads flagged flags classifies classify expect asserts fixture fixtures sanitize sanitizer sanitizes classified untrusted exploit vulnerability vulnerabilities heuristic classifier blocklist denylist owasp redteam',
  ],
];

export interface Dictionary {
  /** Folded, lower case; the position is the number of a word. */
  readonly words: readonly string[];
  readonly idOf: ReadonlyMap<string, number>;
  /** Role bits by number. */
  readonly roles: Uint16Array;
  /** Misspellings that a model reads without noticing, with the number of the word that is meant. */
  readonly misspelled: readonly (readonly [text: string, id: number])[];
}

/** Words without which there is no demand, so that their misspellings are known too. */
const CORE =
  'ignore disregard forget override bypass previous prior earlier instructions instruction guidelines prompt system reveal restrictions unrestricted safety everything';

/** Numbers the words of the roles above and whatever further words patterns need. */
export function createDictionary(furtherWords: Iterable<string>): Dictionary {
  const words: string[] = [];
  const idOf = new Map<string, number>();
  const rolesOf: number[] = [];
  const add = (word: string, role: number): void => {
    const folded = foldText(word).toLowerCase();
    let id = idOf.get(folded);
    if (id === undefined) {
      id = words.length;
      words.push(folded);
      idOf.set(folded, id);
    }
    rolesOf[id] = (rolesOf[id] ?? 0) | role;
  };
  for (const [role, list] of ROLES) for (const word of list.split(' ')) add(word, role);
  for (const word of furtherWords) add(word, 0);
  const misspelled = CORE.split(' ').flatMap((word) =>
    misspellings(word)
      .filter((text) => !idOf.has(text))
      .map((text) => [text, idOf.get(word) ?? 0] as const),
  );
  return { words, idOf, roles: Uint16Array.from(rolesOf), misspelled };
}

/** Two inner letters swapped, one left out or one doubled; real words that come out so are not taken. */
function misspellings(word: string): string[] {
  const found = new Set<string>();
  for (let i = 1; i < word.length - 1; i++) {
    found.add(word.slice(0, i) + word.slice(i + 1));
    found.add(word.slice(0, i) + word.charAt(i) + word.slice(i));
    found.add(word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2));
  }
  for (const real of [word, 'forge', 'forget', 'pompt', 'pior', 'revel', 'sate', 'safety']) found.delete(real);
  return [...found];
}
