import { foldText } from './view.js';

/** What the speaker said, in the first person: `what I told you`, `was ich dir gesagt habe`, `ce que je t'ai dit`. */
const OWN = new RegExp(
  foldText(
    String.raw`(?:what|that|the (?:thing|bit|part|point|remark|comment|question)s?)\s+i(?:['’]ve| have| had| just)?(?:\s(?:just|already|once|first|initially))?\s(?:told|said|asked|wrote|mentioned|suggested|proposed|meant|explained)` +
      String.raw`|my (?:last|earlier|previous|first|own)\s(?:remark|comment|suggestion|question|idea|point|note|message)s?` +
      String.raw`|was ich (?:[\p{L}]{2,8}\s){0,4}?(?:[\p{L}]{3,14}\s){0,5}?(?:gesagt|geschrieben|gefragt|erzählt|erwähnt|vorgeschlagen|gemeint|erklärt)|was ich (?:sagte|schrieb|meinte)` +
      String.raw`|ce que j(?:e (?:t['’]|te |vous |viens de (?:te |vous |t['’])?)|['’])\s?(?:ai |avais |disais|dire|demand|propos|écri)` +
      String.raw`|(?:de\s)?lo que (?:te |os |le |les )?(?:he (?:dicho|pedido|escrito)|dije|decía|pedí|comenté|propuse|escribí|conté|pregunté)` +
      '|(?:di )?(?:quello|ciò) che (?:ti |vi |le )?(?:ho (?:detto|chiesto|scritto|proposto|accennato)|dicevo|avevo (?:detto|chiesto|scritto))' +
      '|(?:d?o )que (?:eu )?(?:te |lhe |vos )?(?:disse|falei|pedi|escrevi|comentei|propus|perguntei|tinha dito)' +
      String.raw`|wat ik (?:[\p{L}]{2,10}\s){0,4}?(?:zei|gezegd|schreef|vroeg|noemde|voorstelde|vertelde)` +
      '|co (?:ci |wam |wcześniej |przed chwilą ){0,2}(?:powiedziałem|powiedziałam|mówiłem|mówiłam|pisałem|pisałam|napisałem|napisałam|prosiłem|prosiłam)' +
      String.raw`|что я (?:[\p{L}]{2,9}\s){0,3}?(?:сказал|говорил|писал|написал|просил|спрашивал|предлагал)|що я (?:[\p{L}]{2,9}\s){0,3}?(?:казав|сказав|писав|просив)` +
      '|我(?:刚才|刚刚|之前|先前|前面|剛才|剛剛)?(?:跟你|对你|對你)?(?:说|說|讲|提|问|問|写|寫)|(?:さっき|先ほど|先程|前に)(?:私が)?(?:言っ|話し|書い|伝え|お願いし)|(?:아까|방금|전에) ?(?:내가 |제가 )?(?:말한|말했|말씀드린|얘기한|부탁한)',
  ),
  'iu',
);

/** What it was about, which is none of what binds the listener. */
const TOPIC = new RegExp(
  foldText(
    String.raw`(?:^|[^\p{L}])(?:about|regarding|concerning|on|for|über|zu[rm]?|von|vom|wegen|bezüglich|sur|à propos d[eu']|au sujet d[eu']|concernant|pour|de l[ae']|du|des|sobre|acerca del?|respecto a|del?|con|su[li]?|sull[ao']|riguardo|a proposito|per|di|over|aangaande|o|w sprawie|na temat|про|о|об|насчет|насчёт|关于|關於|について|の件|에 대해|얘기|이야기)[^\p{L}]*(?!["']?(?:your|my|the|deine\w*|ihre|eure|die|den|das|tes|vos|les?|la|tus|las?|los?|le|i|tue|tuoi|suas|seus|os?|as?|je|de|het|твои\S*)?\s{0,2}(?:rules?|instruct|guideline|limit|restrict|safety|polic|system|prompt|developer|permission|approval|confirm|secre|confiden|privac|regel|anweis|vorgabe|sicherheit|einschrank|verbot|regle|consigne|interdic|securite|regla|instrucc|restric|seguridad|regol|istruzion|sicurezza|regra|instruc|seguranca|opdracht|veiligheid|zasad|polecen|правил|инструкц|ограничен|безопасн|规则|规定|指令|限制|安全|ルール|指示|制限|規則|지시|규칙|제한))[\p{L}\d"'@_./-]`,
  ),
  'iu',
);
/** Everything is more than a topic, and so is what holds from now on. */
const MORE = new RegExp(
  foldText(
    String.raw`(?<!\p{L})(?:everything|all (?:of )?(?:that|what)|alles|tout ce|todo lo|tutto (?:quello|ciò)|tudo o|wszystko|всё|все)(?!\p{L})|一切|所有|全部|すべて|全て|모두|모든|(?<!\p{L})(?:from now on|you are now|from here on|henceforth|ab jetzt|ab sofort|du bist (?:jetzt|nun)|désormais|dorénavant|à partir de maintenant|tu es (?:maintenant|désormais)|a partir de ahora|de ahora en adelante|ahora eres|d['’]ora in poi|da adesso|ora sei|de agora em diante|a partir de agora|agora você é|vanaf nu|je bent nu|od teraz|jesteś teraz|отныне|с этого момента|теперь ты)(?!\p{L})|从现在|從現在|これから|今から|이제부터|지금부터`,
  ),
  'iu',
);

/** Words of which every such saying has one. */
const MAY_BE_OWN = new RegExp(foldText(" (?:i|ich|j|je|que|che|ik|my|co|что|що)[ '’]|我|言|話|書|伝|願|한|했|린"), 'i');
const AROUND = 140;
/** From the verb to what was said, with nothing but a courtesy between them. */
const FARTHEST = 22;

/**
 * Whether what is to be forgotten is the speaker's own remark on some topic: `oublie ce que je t'ai dit tout à l'heure sur
 * Luxon`. What others said, all that was said, and what rules there are stay orders.
 */
export function isOwnRemark(text: string, start: number, end: number): boolean {
  if (!MAY_BE_OWN.test(text.slice(Math.max(0, start - 24), start + 48))) return false;
  const from = Math.max(0, start - 24);
  const window = text.slice(from, end + AROUND);
  const said = OWN.exec(window);
  if (said === null || said.index > start - from + FARTHEST) return false;
  const rest = window.slice(said.index + said[0].length);
  const sentence = /^[^.!?\n。！？]*/.exec(rest)?.[0] ?? '';
  return TOPIC.test(sentence) && !MORE.test(window);
}
