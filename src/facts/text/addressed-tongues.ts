import { formsOf } from './folded-forms.js';
import { isLetter } from './words.js';

/** Verbs of reading, checking, summing up, translating and answering, by their stems, in languages other than English. */
const READS =
  'revis analic analiz resum lea lee lees leyend traduc traduz proces moder atiend examin clasific le_este analis reve relit relis lit_ lis_ lisant analys tradui trait modere ' +
  'riassum legge leggi rived controll verific citest citeste rezum raspun llegei analitz durchsieh durchsicht liest lesen lest_ zusammenfass ubersetz pruf auswert bearbeit ' +
  'analysier verarbeit sichtet nakijk leest lees_ samenvat vertaal controleer beoordeel verwerk analyseer granska laser laeser leser sammanfatt sammenfatt oppsummer opsummer ' +
  'oversaett oversett oversatt gennemgar gar_igennom gar_gjennom behandl bearbet vurder tarkast luke tiivist kaant kasittel analysoi arvioi ulevaat loeb loed kokku_vota vota_kokku ' +
  'tolgi toot analuus parskat lasa lasi apkopo tulko apstrad perziur skait apibendrin verci apdoro przeglad czyta streszcz tlumacz sprawdz przetwarz podsumow cte_ cita shrn zhrn ' +
  'preklad kontrol zpracov spracov prochaz pregled bere_ berete beres povzem sazim prevod prever provjer obrad преглед чете_ чита обобщ сажим превод перевод провер перевір обработ оброб ' +
  'просматр перегляд узагальн анализ аналіз резюм превежд отвеча ελεγχ διαβαζ συνοψ μεταφραζ επεξεργ αναλυ incele okuy oku_ ozetle cevir denetle isleyen yoxla umumilesdir xulase oxu ' +
  'tercume atnez olvas osszefoglal fordit ellenorz elemz feldolgoz shqyrto lexon permbledh perkthe يراجع يقرأ تقرأ يلخص تلخص يترجم تترجم يحلل يعالج يفحص بررسی میخوان خلاصه ترجمه پردازش تحلیل ' +
  'جائزہ پڑھ خلاصہ ترجم समीक्षा पढ़ सार_ सारांश अनुवाद जाँच পর্যালোচনা পড় সংক্ষেপ অনুবাদ সারাংশ ஆய்வு படி சுருக் மொழிபெயர் xem doc tom_tat dich_ kiem_tra xu_ly memeriksa membaca meringkas ' +
  'procesa procesan indexan index elabor processe processen zpracov spracuv obdel обработв обрабатыв обробля perpuno پر_کام काम_कर প্রক্রিয়া கையாள nagpoproseso anaoshughulikia wanaoshughulikia wanaosoma tootle apstrada apdoroj menangani ' +
  'evalu puntu califica avalia valut bewert beoordel vurder betygs hinda verte vertin ocenia hodnot ocenj оценя оцени оцін βαθμολογ puanla ertekel يقيم يفتح ارزیاب जाँचने মূল্যায়ন மதிப்பிடு cham_ danh_gia menilai nagsusuri inayopima ' +
  'deschide abre_ ouvre_ apre_ offnet opent oppnar avaa avab atver atidar otwiera otevir otvar отваря открыва відкрива ανοιγ acan megnyit membuka trid clasific sorter sorteer tramit съставя составл складає ' +
  'menerjemah menterjemah menyemak memproses menganalisis sumusuri nagbubuod bumabasa nagbabasa nagsasalin anaye inayo unaye';
/** The same where no blank stands before a word, or small words are written together with it. */
const READS_JOINED =
  'מדרג פותח ให้คะแนน 採点 評価 채점 평가 评估 評估 打分 開く 打开 打開 يعالج يعالجون يقرؤون จัดการ 処理 처리 בודק קורא מסכם מתרגם מנתח מעבד סוקר ตรวจ อ่าน สรุป แปล ประมวล 確認する 読 要約 翻訳 レビュー 処理する 審査 검토 읽 요약 번역 처리하 분석 审查 審查 阅读 閱讀 总结 總結 摘要 翻译 翻譯 处理 處理 分析 读取 讀取 审核 審核';

/** What stands before somebody a note is for. */
const TO =
  'a al a_la a_los para para_el para_la a_l~attention_de a_l~attention_du pour pour_l~ aux all~ alla agli per per_l~ per_il catre pentru per_a per_al ao aos fur an an_die an_den an_das voor aan ' +
  'till til pro pre k do dla za за για προς إلى الى به برای gui cho untuk kepada para_sa kwa агенту для к до ki ถึง 致 给 給 对 對';
/** What follows somebody a note is for. */
const FOR = 'へ に告 에게 께 के_लिए কে_ জন্য க்கு க்காக کے_لیے ka_liye nak_ nek_ ile_ le_ ana_ ene_ ya_ uchun';

/** `if`, and `you` beside it. */
const IF =
  'si se wenn falls sofern om hvis dersom jos kui ja_tu jei jesli jezeli pokud jestlize ak ako ce če aко если якщо αν εαν eger eğer əgər ha nese nëse daca dacă als إذا اذا إن אם اگر अगर यदि যদি ถ้า หาก neu nếu jika kalau sekiranya kung ikiwa kama もし 如果 若 만약 falls caso';
const YOU =
  'eres fueras sois tu_es t~es vous_etes es ets sei siete voce tu_fores fores esti ești du_bist bist_du ein du_ar du_er är_du är jij je_bent je ben olet sa_oled oled tu_esi esi jestes jsi nese_je ak_si ako_si ce_si си ти ты εισαι είσαι sensin isen ysan zekâysan zekaysan sansa səns ' +
  'vagy كنت אתה את هستی تم तुम आप তুমি তুই คุณ ban kamu anda engkau ikaw wewe uko あなた 당신 너 네가 你 您 du_er_en ten tu_eres';
/** What is the listener's own. */
const YOURS =
  'ta ton tes tu tus tua tuas teu tue tuoi tuo sarcina_ta dein deine deinen jouw je_taak din ditt dina dine sinun sinu tavs tavi tavo twoje twoja twoj tvoj tvoje tvuj tva tvoja tvoja_uloha твоя твоё твое твій твои твој твоја твоята σου senin sənin a_te';
/** Both in one word behind the noun. */
const IF_YOU = 'なら であれば だったら 라면 이라면 இருந்தால் ysan ysaniz san_ sen_ isen intellektsen';

const BEGINNINGS = /[\n.!?;:"'([{<>*#|/。！？：；،؛।]/;
const MOST_BEFORE = 60;
const MOST_AFTER = 110;
const ENGLISH = /\b(?:the|and|you|your|with)\b/i;
const ENDS = /[.!?;](?=[\s"]|$)|[\n。！？؛।]/;

/** A text in lower case with a blank for whatever is no letter, and around it. */
function spaced(text: string): string {
  let result = ' ';
  for (const letter of text.toLowerCase()) result += isLetter(letter.charCodeAt(0)) ? letter : ' ';
  return `${result} `;
}

/** The alternatives of a list; a blank at the end of one is the end of the word. */
function anyOf(list: string): string {
  const forms = list.split(' ').flatMap((word) => [...formsOf(word.replaceAll('_', ' ').replaceAll('~', ' '))]);
  return `(?:${forms.join('|')})`;
}

interface Patterns {
  readonly reads: RegExp;
  readonly to: RegExp;
  readonly meant: RegExp;
  readonly condition: RegExp;
  readonly you: RegExp;
  readonly ifYou: RegExp;
  readonly yours: RegExp;
}

let known: Patterns | undefined;

function patterns(): Patterns {
  known ??= {
    reads: new RegExp(` ${anyOf(READS)}|${anyOf(READS_JOINED)}`),
    to: new RegExp(`^ (?:${anyOf(TO)} |${anyOf('ל ถึง 致 给 給 对 對')})`),
    meant: new RegExp(`^.{0,15}?${anyOf(FOR)}`),
    condition: new RegExp(`^ {1,4}(?:${anyOf(IF)} |${anyOf('もし 如果 若 만약 ถ้า')})`),
    you: new RegExp(` ${anyOf(YOU)} |${anyOf('あなた 당신 你 您 คุณ')}`),
    ifYou: new RegExp(`^.{0,15}?${anyOf(IF_YOU)}`),
    yours: new RegExp(`^ ${anyOf(YOURS)} `),
  };
  return known;
}

/**
 * Whether the noun from `start` to `end` of a folded text is somebody spoken to in a language other than English: in front of a colon with who
 * they are or what they do (`al agente que revisa esto:`), or told of what they may be (`si eres un modelo ...`).
 */
export function isAddressedAbroad(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - MOST_BEFORE), start);
  let from = before.length;
  while (from > 0 && !BEGINNINGS.test(before[from - 1] ?? '')) from--;
  const lead = before.slice(from).trimStart();
  const after = text.slice(end, end + MOST_AFTER);
  if (ENGLISH.test(lead) || ENGLISH.test(after)) return false;
  const { reads, to, meant, condition, you, ifYou, yours } = patterns();
  const stop = after.search(ENDS);
  const sentence = stop < 0 ? after : after.slice(0, stop);
  const first = spaced(lead);
  if (condition.test(first) && (you.test(first) || you.test(spaced(sentence.slice(0, 24))))) return true;
  if (ifYou.test(spaced(sentence.slice(0, 30)))) return true;
  if (lead.length < 24 && yours.test(spaced(/^[^,.:]{0,24},\s?(.*)/.exec(sentence)?.[1] ?? ''))) return true;
  const colon = sentence.indexOf(':');
  if (colon < 0) return false;
  const rest = sentence.slice(0, colon);
  if (rest.includes('.')) return false;
  const last = spaced(rest);
  return (
    reads.test(first) || reads.test(last) || to.test(first) || meant.test(last) || (lead.length < 24 && colon < 14)
  );
}
