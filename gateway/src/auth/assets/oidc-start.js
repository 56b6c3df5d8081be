// Sends the agent on to the sign-in, and remembers for the callback page where to return to. Both stand in the fragment, which
// browsers send to no server: the address of a page in a CRM is nobody else's business.
const given = new URLSearchParams(location.hash.slice(1));
const to = given.get('to');
const signIn = URL.canParse(to) ? new URL(to) : null;

if (signIn?.origin === location.origin && signIn.searchParams.has('state')) {
  sessionStorage.setItem(`return ${signIn.searchParams.get('state')}`, given.get('back') ?? '');
  location.replace(signIn);
} else {
  document.querySelector('[role="alert"]').hidden = false;
  history.replaceState(null, '', location.pathname);
}
