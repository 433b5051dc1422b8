/** What numbers of the length of cards count, when it stands directly before one. */
const OTHER_NAME =
  /(?:^|[^a-z])(?:gtin|ean|upc|isbn|issn|ismn|imei|iccid|imsi|sscc|nve|sku|plu|barcode|strichcode|code[- ]?barres|trace|span|parent|request|correlation|snowflake|message|event|tracking|parcel|shipment|sendungs?|paket|bestell|auftrags?|rechnungs?|artikel|order|pedido|commande|factura|facture|invoice|serial|serien|lot|batch|ticket|job|run|build|nonce|seq|offset|crc|epoch|timestamp|row|object|device|sensor|meter|zahler)[-_ ]?(?:13|14|12|8|code|no\.?|nr\.?|num|number|nummer|n[uú]mero|id|key)?["']?\s{0,2}[:=#|;,\t ]{0,2}\s{0,2}["']?$/i;
const OF_A_CARD =
  /card|visa|maestro|amex|discover|diners|karte|kredit|tarjeta|carte\b|carta\b|cart[ãa]o|kaart|kort\b|\b(?:cvv|cvc|cvn|exp|pan|cc|ccv)\b|карт|カード|卡|paid|charged?|payment|zahlung|bezahlt/i;

const NAME_BEFORE = 28;
const CARD_BEFORE = 60;
const CARD_AFTER = 24;

/** Whether the digits of a card count something else: under the name of an order or an article, or thirteen of them beside no word for cards. */
export function isNamedOtherwise(text: string, start: number, end: number): boolean {
  const old = end - start === 13;
  if (!old && !OTHER_NAME.test(text.slice(Math.max(0, start - NAME_BEFORE), start))) return false;
  return !OF_A_CARD.test(
    `${text.slice(Math.max(0, start - CARD_BEFORE), start)}\n${text.slice(end, end + CARD_AFTER)}`,
  );
}

/** What is named by a day and a time. */
const STAMPED =
  /(?:build|backup|snapshot|release|version|dump|logs?|export|report|screenshot|img|tag|run|batch|revision|deploy\w*|migration)[\s_#:=./-]{1,3}$/i;

/** Whether a number is the day and the time of a build or a file: `build 20260302-1011`. */
export function isStamp(text: string, start: number, end: number): boolean {
  return (
    /^(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d[-_.](?:[01]\d|2[0-3])[0-5]\d$/.test(text.slice(start, end)) &&
    STAMPED.test(text.slice(Math.max(0, start - 24), start))
  );
}
