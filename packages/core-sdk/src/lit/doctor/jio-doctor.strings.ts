import { msg, str } from '@lit/localize';
import type { CheckStatus, DoctorCheckId, DoctorReport } from '../../doctor/report.js';

/** What a check is about. What it found is for the developer, and in English. */
export function checkName(id: DoctorCheckId): string {
  switch (id) {
    case 'client':
      return msg('Set-up');
    case 'versions':
      return msg('Versions');
    case 'secure-context':
      return msg('Secure page');
    case 'storage':
      return msg('Storage');
    case 'tabs':
      return msg('Tabs');
    case 'cookies':
      return msg('Cookies');
    case 'popups':
      return msg('Pop-ups');
    case 'microphone':
      return msg('Microphone');
    case 'gateway':
      return msg('Gateway');
    case 'origin':
      return msg('Allowed page');
    case 'clock':
      return msg('Clock');
    case 'token':
      return msg('Sign-in');
    case 'scopes':
      return msg('Rights');
    case 'live-stream':
      return msg('Live stream');
    case 'page-policy':
      return msg('Page policy');
  }
}

export function statusName(status: CheckStatus): string {
  switch (status) {
    case 'ok':
      return msg('Works');
    case 'warning':
      return msg('Look at this');
    case 'failed':
      return msg('Does not work');
    case 'skipped':
      return msg('Not checked');
  }
}

/** The report in one sentence, for those who hear it. */
export function summary({ checks, status }: DoctorReport): string {
  const count = (wanted: CheckStatus): number => checks.filter((check) => check.status === wanted).length;
  if (status === 'ok') return msg('Everything that could be checked works.');
  return msg(str`Does not work: ${count('failed')}. To look at: ${count('warning')}.`);
}
