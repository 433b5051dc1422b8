import type { WordRange } from './override.js';
import { APART, gapBefore, type Words } from './words.js';

const SEND =
  'send post upload forward email mail transmit exfiltrate leak submit deliver dump transfer share report deliver append encode sende senden schicke schicken übermittle übermitteln lade leite envoie envoyez envoyer transmets transmettez transfère transférez envía envia envíe enviar manda mande transmite reenvía sube invia inviare envie';
const SECRETS =
  'passwords credentials secrets cookies transcript conversation history environment env ssh keys wallet prompt contents keychain tokens chat passwörter zugangsdaten geheimnisse schlüssel verlauf gespräch unterhaltung gesprächsverlauf identifiants secrets conversation historique clés contraseñas claves credenciales secretos conversación historial credenziali conversazione senhas credenciais conversa id_rsa rsa';
const PRIVATE =
  'password token key secret data files messages emails information documents details contacts context everything daten dateien données fichiers datos archivos mensajes';
const WHOSE =
  'user users customer customers private personal confidential sensitive internal api access client nutzers benutzers vertrauliche privaten utilisateur confidentielles usuario confidenciales privados';
/** Words with which documentation of an interface speaks of sending. */
const INTERFACE = 'request requests header headers response endpoint function method parameter field body form';

const INTERFACE_WORD = new RegExp(`\\b(?:${INTERFACE.replaceAll(' ', '|')})\\b`, 'i');

/** The words that play a part, by that part. */
export const EXFILTRATION_WORDS = {
  send: SEND,
  secrets: SECRETS,
  private: PRIVATE,
  whose: WHOSE,
  interface: INTERFACE,
};

/** The same as numbers of a dictionary. */
export type ExfiltrationSets = Readonly<Record<keyof typeof EXFILTRATION_WORDS, ReadonlySet<number>>>;

const MOST_WORDS = 12;
/** How far behind what is sent the place may be named to which it is sent. */
const TARGET_WITHIN = 80;
const TARGET =
  /https?:\/\/|\bwww\.|\w@[\w-]{1,40}\.[a-z]{2}|\b(?:\d{1,3}\.){3}\d{1,3}\b|\bwebhook\.site\b|\bdiscord(?:app)?\.com\b/i;

/** A demand to send secrets, conversations or private data to an address outside: verb, object and address in one sentence. */
export function findExfiltration(words: Words, sets: ExfiltrationSets, verb: number): WordRange | undefined {
  let skipped = 0;
  let owned = false;
  for (let at = verb + 1; at < words.count; at++) {
    const gap = gapBefore(words, at);
    if (gap === APART) return undefined;
    skipped += gap + 1;
    if (skipped > MOST_WORDS) return undefined;
    const id = words.ids[at] ?? -1;
    if (sets.interface.has(id)) return undefined;
    if (sets.whose.has(id)) owned = true;
    if (sets.secrets.has(id) || (owned && sets.private.has(id))) {
      if (namesTarget(words.text, words.ends[at] ?? 0)) return { first: verb, last: at };
    }
  }
  return undefined;
}

function namesTarget(text: string, from: number): boolean {
  const after = text.slice(from, from + TARGET_WITHIN);
  const end = after.search(/[.!?;](?:\s|$)|\n\s*\n|\0/);
  const sentence = end < 0 ? after : after.slice(0, end);
  if (INTERFACE_WORD.test(sentence)) return false;
  const preposition = /\b(?:to|at|via|into|an|nach|a|au|aux|vers|para|in)\b|[?&]\w+=|->|→/i.exec(sentence);
  return preposition !== null && TARGET.test(sentence.slice(preposition.index));
}
