// The viewer offers to send requests, but a token belongs in no page that keeps it in a form.
globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  docExpansion: 'none',
  filter: true,
  deepLinking: true,
  supportedSubmitMethods: [],
  syntaxHighlight: false,
  validatorUrl: null,
});
