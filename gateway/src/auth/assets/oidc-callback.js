// Hands the answer of the sign-in to the page that opened this window, and to no other: the server has checked the
// origin below against its allow-list, and the browser delivers only if the opener still has it.
const origin = document.querySelector('main').dataset.openerOrigin;
const opener = window.opener;

if (opener && !opener.closed) {
  opener.postMessage({ type: 'jioassist:oidc', search: location.search }, origin);
  window.close();
} else {
  document.querySelector('[data-when="opener"]').hidden = true;
  document.querySelector('[data-when="alone"]').hidden = false;
}
// The code in the address is spent by now; it should not stay in the history.
history.replaceState(null, '', location.pathname);
