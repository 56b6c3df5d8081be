import { plainText } from '@jioassist/km-panel/search/source';

/** The passages of an article that are meant to be said to a customer, as plain text. */
export function sayingsOf(html: string): string[] {
  return [...html.matchAll(/<blockquote data-say(?:="[^"]*")?>([\s\S]*?)<\/blockquote>/g)]
    .map(([, inside = '']) => plainText(inside).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

/** Whether a passage has a gap that only who speaks can fill, such as `[amount]`. */
export const hasGap = (saying: string): boolean => /\[[^\]]+\]/.test(saying);

/** Three parts of a text message: of 153 characters, or of 67 when there is any that GSM's alphabet lacks. */
const SMS = { gsm: 3 * 153, unicode: 3 * 67 };
// GSM 03.38, with what takes two places left out: a text that has it counts as Unicode, which errs to the safe side.
const GSM = /^[A-Za-z0-9 \n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

/** As much of a text as three parts of a text message hold: whole sentences, or whole words and an ellipsis. */
export function forTextMessage(text: string): string {
  const most = GSM.test(text) ? SMS.gsm : SMS.unicode;
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const sentence = Math.max(...['. ', '! ', '? ', '। '].map((end) => head.lastIndexOf(end)));
  if (sentence > most / 3) return head.slice(0, sentence + 1);
  const word = text.slice(0, SMS.unicode - 1);
  return `${word.slice(0, Math.max(1, word.lastIndexOf(' ')))}…`;
}
