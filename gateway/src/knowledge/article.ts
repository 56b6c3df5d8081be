import { isDeepStrictEqual } from 'node:util';
import type { ResourceDocument } from '../tmf/declaration.ts';

export const audiences = ['agent', 'supervisor', 'customer'] as const;

/** A knowledge article as its author wrote it, checked, with a body that is safe to show. */
export interface Article {
  /** Chosen by the author and the same in every version, for example `fibre-outage`. */
  readonly id: string;
  readonly title: string;
  /** The first paragraph, as plain text. */
  readonly summary: string;
  /** BCP 47, for example `hi`. */
  readonly language: string;
  /** The id of the article this one says in another language. */
  readonly translationOf?: string;
  readonly product: readonly string[];
  readonly symptom: readonly string[];
  readonly circle: readonly string[];
  readonly tags: readonly string[];
  /** Codes a customer reads out, such as `E-101` or `*123#`. */
  readonly code: readonly string[];
  readonly audience: readonly string[];
  readonly validFor: { readonly startDateTime?: string; readonly endDateTime?: string };
  readonly html: string;
}

export const ARTICLE_TYPE = 'knowledgeArticle';

const LISTS = ['product', 'symptom', 'circle', 'tags', 'code', 'audience'] as const;
const TEXTS = ['articleId', 'language', 'translationOf'] as const;

const SOURCE = 'source';

/** What `readArticle` answers: an article, less what only its folder knows, with the version of the document. */
export interface StoredArticle extends Article {
  /** The id of the TMF667 document: another one for each version. */
  readonly documentId: string;
  /** Counts from 1. */
  readonly version: number;
  readonly state: string;
  /** The folder it was imported from, by the name it was given. */
  readonly source?: string;
}

/**
 * The TMF667 document of one version of an article. The HTML is its only attachment, in base64 as TMF667 has it; `validFor`
 * is the attachment's, because a v4 document has none of its own.
 */
export function documentOf(
  article: Article,
  version: number,
  { previousId, source }: { readonly previousId?: string | undefined; readonly source?: string } = {},
): ResourceDocument {
  return {
    name: article.title,
    description: article.summary,
    documentType: ARTICLE_TYPE,
    version: `${version}.0`,
    lifecycleState: 'published',
    category: article.product.map((name) => ({ id: name, name })),
    characteristic: [
      ...characteristicsOf(article),
      ...(source === undefined ? [] : [{ name: SOURCE, valueType: 'string', value: source }]),
    ],
    binaryAttachment: [
      {
        name: article.title,
        attachmentType: 'body',
        mimeType: 'text/html',
        content: Buffer.from(article.html).toString('base64'),
        ...(Object.keys(article.validFor).length > 0 && { validFor: article.validFor }),
      },
    ],
    ...(previousId !== undefined && {
      documentRelationship: [{ id: previousId, name: 'previousVersion', '@referredType': 'Document' }],
    }),
  };
}

function characteristicsOf(article: Article): ResourceDocument[] {
  const texts = { articleId: article.id, language: article.language, translationOf: article.translationOf };
  return [
    ...TEXTS.flatMap((name) =>
      texts[name] === undefined ? [] : [{ name, valueType: 'string', value: texts[name] }],
    ),
    ...LISTS.flatMap((name) =>
      article[name].length === 0 ? [] : [{ name, valueType: 'array', value: [...article[name]] }],
    ),
  ];
}

/** The article in a TMF667 document; undefined for a document that is none, or that another system made. */
export function readArticle(document: ResourceDocument): StoredArticle | undefined {
  if (document.documentType !== ARTICLE_TYPE) return undefined;
  const values = new Map(items(document.characteristic).map(({ name, value }) => [name, value]));
  const id = textOf(values.get('articleId'));
  const body = items(document.binaryAttachment).find(({ mimeType }) => mimeType === 'text/html');
  if (id === '' || typeof body?.content !== 'string') return undefined;
  const translationOf = textOf(values.get('translationOf'));
  const source = textOf(values.get(SOURCE));
  return {
    id,
    documentId: textOf(document.id),
    version: Math.trunc(Number(document.version)) || 1,
    state: textOf(document.lifecycleState),
    title: textOf(document.name),
    summary: textOf(document.description),
    language: textOf(values.get('language')),
    ...(translationOf !== '' && { translationOf }),
    ...(source !== '' && { source }),
    ...listsOf(values),
    validFor: body.validFor ?? {},
    html: Buffer.from(body.content, 'base64').toString('utf8'),
  };
}

type Lists = { [name in (typeof LISTS)[number]]: readonly string[] };

const listsOf = (values: ReadonlyMap<unknown, unknown>): Lists => ({
  product: textsOf(values.get('product')),
  symptom: textsOf(values.get('symptom')),
  circle: textsOf(values.get('circle')),
  tags: textsOf(values.get('tags')),
  code: textsOf(values.get('code')),
  audience: textsOf(values.get('audience')),
});

/** Whether two articles say the same, whatever their versions are and wherever they come from. */
export const isSameArticle = (one: Article, other: Article): boolean =>
  isDeepStrictEqual(documentOf(one, 1), documentOf(other, 1));

/** A part of an article: what stands before the first heading has no title. */
export interface Section {
  readonly title: string;
  readonly body: string;
}

/** The sections of a sanitised body: each begins at a heading of the second level. */
export function sectionsOf(html: string): Section[] {
  return html
    .split(/(?=<h2[\s>])/)
    .map((part) => {
      const [heading = '', title = ''] = /^<h2[^>]*>([\s\S]*?)<\/h2>/.exec(part) ?? [];
      return { title, body: part.slice(heading.length).trim() };
    })
    .filter(({ title, body }) => title !== '' || body !== '');
}

/** What the article search of `@jioassist/km-panel` takes; lists that say nothing are left out. */
export interface ArticleSearchDocument {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly Section[];
  readonly language: string;
  readonly symptom?: readonly string[];
  readonly tags?: readonly string[];
  /** Codes: searched beside the tags. */
  readonly keywords?: readonly string[];
  readonly product?: readonly string[];
  readonly circle?: readonly string[];
  readonly audience?: readonly string[];
  readonly validFor: Article['validFor'];
  readonly [property: string]: unknown;
}

export function searchDocumentOf(article: Article): ArticleSearchDocument {
  const { id, title, language, validFor, html, symptom, tags, code, product, circle, audience } = article;
  const lists = { symptom, tags, keywords: code, product, circle, audience };
  return {
    id,
    title,
    language,
    validFor,
    sections: sectionsOf(html),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
}

const items = (value: unknown): ResourceDocument[] =>
  Array.isArray(value)
    ? value.filter((item): item is ResourceDocument => typeof item === 'object' && item !== null)
    : [];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
