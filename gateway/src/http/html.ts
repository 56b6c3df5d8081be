const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** A template whose values are escaped, except those that are `Html` themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const parts = strings.map((text, index) => text + render(values[index] ?? ''));
  return new Html(parts.join(''));
}

function render(value: string | Html): string {
  if (value instanceof Html) return value.markup;
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export interface PageOptions {
  readonly lang: string;
  readonly title: string;
  readonly body: Html;
  readonly head?: Html;
}

export function page({ lang, title, body, head }: PageOptions): string {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/auth-assets/sign-in.css" />
        ${head ?? ''}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}

/** A popup must keep its opener, so there is no Cross-Origin-Opener-Policy; everything else is shut. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    // The form's own redirects lead to the client: our callback page, or the command line on loopback.
    "form-action 'self' http://127.0.0.1:*",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};
