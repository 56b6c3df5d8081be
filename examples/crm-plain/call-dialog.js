/**
 * The "Log a call" dialog. It is older than the dialog element, so it keeps focus to itself by making the
 * page behind it inert, and gives focus back when it closes.
 */
export function startCallDialog(onLogged) {
  const { overlay, form, close } = parts();
  window.$('log-call').addEventListener('click', () => {
    form.reset();
    overlay.hidden = false;
    window.$('shell').inert = true;
    window.$('call-notes').focus();
  });
  window.$('call-cancel').addEventListener('click', close);
  overlay.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onLogged(activityOf(new FormData(form)));
    close();
  });
}

function parts() {
  const overlay = window.$('overlay');
  const close = () => {
    overlay.hidden = true;
    window.$('shell').inert = false;
    window.$('log-call').focus();
  };
  return { overlay, form: window.$('call-form'), close };
}

function activityOf(data) {
  const notes = String(data.get('notes')).trim();
  const text = '{0}, {1} min. {2}'.format(data.get('direction'), data.get('minutes'), notes);
  return { date: new Date().toISOString(), kind: 'Call', text };
}
