import lunr from 'lunr';
import type { Article } from './articles.ts';
import type { Engine } from './engines.ts';

const K1 = 1.2;
const B = 0.75;

/** BM25 as the textbooks have it, over title and body together, with Porter's stems (lunr's). */
export class TextbookBm25 implements Engine {
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #lengths: number[] = [];
  readonly #ids: string[] = [];
  readonly #stems = new Map<string, string>();

  build(articles: readonly Article[]): void {
    articles.forEach(({ id, title, body }, document) => {
      const words = this.#words(`${title} ${body}`);
      this.#ids.push(id);
      this.#lengths.push(words.length);
      for (const word of words) {
        const documents = this.#postings.get(word) ?? new Map<number, number>();
        this.#postings.set(word, documents.set(document, (documents.get(document) ?? 0) + 1));
      }
    });
  }

  search(query: string, limit: number): string[] {
    const count = this.#ids.length;
    const average = this.#lengths.reduce((sum, length) => sum + length, 0) / count;
    const scores = new Map<number, number>();
    for (const word of this.#words(query)) {
      const documents = this.#postings.get(word);
      if (!documents) continue;
      const idf = Math.log(1 + (count - documents.size + 0.5) / (documents.size + 0.5));
      for (const [document, frequency] of documents) {
        const norm = K1 * (1 - B + (B * (this.#lengths[document] ?? 0)) / average);
        const score = (idf * frequency * (K1 + 1)) / (frequency + norm);
        scores.set(document, (scores.get(document) ?? 0) + score);
      }
    }
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, limit).map(([document]) => this.#ids[document] ?? '');
  }

  #words(text: string): string[] {
    return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => this.#stem(word));
  }

  #stem(word: string): string {
    const known = this.#stems.get(word);
    if (known !== undefined) return known;
    const stem = lunr.stemmer(new lunr.Token(word, {})).toString();
    this.#stems.set(word, stem);
    return stem;
  }
}
