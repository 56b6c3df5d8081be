import type { ListQuery } from './list-query.ts';

export type AskedPage = Pick<ListQuery, 'offset' | 'limit' | 'paged'>;

export interface PageHeaders {
  readonly status: 200 | 206;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The status and headers of a list answer. Only a caller that asked for a page can get 206: clients that did not ask
 * take anything but 200 for a failure.
 */
export function pageHeaders(query: AskedPage, total: number, count: number, url: string): PageHeaders {
  const headers: Record<string, string> = { 'X-Total-Count': String(total), 'X-Result-Count': String(count) };
  const links = query.limit > 0 ? pageLinks(query, total, url) : [];
  if (links.length > 0) headers.Link = links.join(', ');
  if (query.paged && count > 0)
    headers['Content-Range'] = `items ${query.offset}-${query.offset + count - 1}/${total}`;
  return { status: query.paged && count > 0 && count < total ? 206 : 200, headers };
}

function pageLinks({ offset, limit }: AskedPage, total: number, url: string): string[] {
  if (total <= limit && offset === 0) return [];
  const last = Math.max(0, Math.floor((total - 1) / limit) * limit);
  const link = (rel: string, at: number) => `<${withPage(url, at, limit)}>; rel="${rel}"`;
  const links = [link('first', 0)];
  if (offset > 0) links.push(link('prev', Math.max(0, Math.min(offset - limit, last))));
  if (offset + limit < total) links.push(link('next', offset + limit));
  return [...links, link('last', last)];
}

/** Only the page is replaced; the caller's own query text is kept as it was written. */
function withPage(url: string, offset: number, limit: number): string {
  const [path = '', ...rest] = url.split('?');
  const query = rest.join('?');
  const kept = query.split('&').filter((part) => part !== '' && !/^(offset|limit)=/.test(part));
  return `${path}?${[...kept, `offset=${offset}`, `limit=${limit}`].join('&').replace(/[<>]/g, encodeURIComponent)}`;
}
