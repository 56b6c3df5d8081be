// Hands the answer of the sign-in to the page that asked for it, and to no other: the server has checked the origin below
// against its allow-list. A page that went here itself gets it in its address; one that opened this window by a message,
// which the browser delivers only if the opener still has that origin.
const origin = document.querySelector('main').dataset.openerOrigin;
const remembered = `return ${new URLSearchParams(location.search).get('state')}`;
const saved = sessionStorage.getItem(remembered);
const back = URL.canParse(saved) ? new URL(saved) : null;
const opener = window.opener;
sessionStorage.removeItem(remembered);

if (back?.origin === origin) {
  // Not as `code` and `state`: the page may have a sign-in of its own that would take them for its answer.
  back.search += `${back.search ? '&' : '?'}jioassist-sign-in=${encodeURIComponent(location.search)}`;
  location.replace(back);
} else {
  if (opener && !opener.closed) {
    opener.postMessage({ type: 'jioassist:oidc', search: location.search }, origin);
    window.close();
  } else {
    document.querySelector('[data-when="opener"]').hidden = true;
    document.querySelector('[data-when="alone"]').hidden = false;
  }
  // The code in the address is spent by now; it should not stay in the history.
  history.replaceState(null, '', location.pathname);
}
