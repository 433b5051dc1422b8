/** Each Latin letter with its doubles in other scripts. */
const DOUBLES: readonly (readonly [latin: string, doubles: string])[] = [
  ['A', 'АΑᎪᗅꓮ'],
  ['B', 'ВΒᏴᗷꓐ'],
  ['C', 'СϹᏟꓚ'],
  ['D', 'Ꭰᗞꓓᴅ'],
  ['E', 'ЕΕᎬꓰᴇ'],
  ['F', 'ϜꓝᖴꞘ'],
  ['G', 'ԌᏀꓖ'],
  ['H', 'НΗᎻꓧ'],
  ['I', 'ІΙӀꓲ'],
  ['J', 'ЈᎫꓙͿ'],
  ['K', 'КΚᏦꓗK'],
  ['L', 'ᏞᒪꓡԼ'],
  ['M', 'МΜᎷꓟϺ'],
  ['N', 'ΝꓠՆ'],
  ['O', 'ОΟՕꓳ'],
  ['P', 'РΡᏢꓑ'],
  ['Q', 'ԚႳ'],
  ['R', 'ᎡᏒꓣᖇ'],
  ['S', 'ЅՏᏕꓢ'],
  ['T', 'ТΤᎢꓔ'],
  ['U', 'ՍꓴᑌႮ'],
  ['V', 'ѴᏙꓦ'],
  ['W', 'ԜᎳꓪ'],
  ['X', 'ХΧꓫ'],
  ['Y', 'УΥҮꓬᎩ'],
  ['Z', 'ΖᏃꓜ'],
  ['a', 'аαɑᴀ'],
  ['b', 'ЬƄᏏьɓʙ'],
  ['c', 'сϲᴄⅽ'],
  ['d', 'ԁɗꓒ'],
  ['e', 'еєҽɛε℮'],
  ['f', 'ẝꞙֆꜰ'],
  ['g', 'ɡցǥɢ'],
  ['h', 'һհɦʜ'],
  ['i', 'іıɩιɪӏ'],
  ['j', 'јϳʝᴊ'],
  ['k', 'кκᴋ'],
  ['l', 'ⅼӀǀłʟ'],
  ['m', 'мⅿᴍ'],
  ['n', 'пոռηɴ'],
  ['o', 'оοσօᴏø'],
  ['p', 'рρϱᴘ'],
  ['q', 'ԛգզ'],
  ['r', 'гᴦɾʀ'],
  ['s', 'ѕꜱʂ'],
  ['t', 'тτᴛ'],
  ['u', 'υսᴜʋ'],
  ['v', 'νѵᴠ'],
  ['w', 'ԝѡᴡա'],
  ['x', 'хχ×'],
  ['y', 'уүγʏ'],
  ['z', 'ᴢʐ'],
];

let letters: ReadonlyMap<string, string> | undefined;

/**
 * The ASCII letter that a letter of another script, or a rare Latin one, looks like. A small selection in the manner of
 * Unicode's confusables (UTS 39): what is used to disguise words, not every resemblance. Full-width, mathematical and
 * circled letters are missing because compatibility normalization (NFKC) folds them.
 */
export function letterLike(double: string): string | undefined {
  // Few texts hold any.
  letters ??= new Map(
    [...DOUBLES].reverse().flatMap(([latin, doubles]) => Array.from(doubles, (each) => [each, latin])),
  );
  return letters.get(double);
}
