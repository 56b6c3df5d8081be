const en = {
  title: 'Sign in to JioAssist',
  lead: 'Use your agent account.',
  name: 'Agent name',
  password: 'Password',
  submit: 'Sign in',
  wrong: 'The name or the password is not right. Check both and try again.',
  missing: 'Enter your agent name and your password.',
  slowDown: (minutes: number) =>
    `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`,
  demo: 'Demonstration data: sign in as',
  or: 'or',
  expiredTitle: 'This sign-in has ended',
  expired: 'It took too long or was already used. Close this window and start again from your CRM page.',
  failedTitle: 'Sign-in did not work',
  failed: 'The request to sign in was refused. Close this window and start again from your CRM page.',
  callbackTitle: 'Signed in',
  callbackClosing: 'This window closes by itself.',
  callbackAlone:
    'The page that asked for this is no longer open. Close this window and sign in again from your CRM page.',
  callbackRefusedTitle: 'This page may not sign in here',
  callbackRefused:
    'The page that opened this window is not on the list of origins this gateway allows, so it was told nothing.',
  callbackRefusedHelp: 'Ask the administrator to add the page’s origin, then try again.',
};

export type Messages = typeof en;

const hi: Messages = {
  title: 'JioAssist में साइन इन करें',
  lead: 'अपने एजेंट खाते का उपयोग करें।',
  name: 'एजेंट का नाम',
  password: 'पासवर्ड',
  submit: 'साइन इन करें',
  wrong: 'नाम या पासवर्ड सही नहीं है। दोनों जाँचें और फिर से कोशिश करें।',
  missing: 'अपना एजेंट नाम और पासवर्ड लिखें।',
  slowDown: (minutes) => `बहुत अधिक कोशिशें हुईं। ${minutes} मिनट रुकें, फिर से कोशिश करें।`,
  demo: 'प्रदर्शन डेटा: इस नाम से साइन इन करें',
  or: 'या',
  expiredTitle: 'यह साइन-इन समाप्त हो गया है',
  expired: 'इसमें बहुत समय लगा या यह पहले ही उपयोग हो चुका है। यह विंडो बंद करें और अपने CRM पेज से फिर शुरू करें।',
  failedTitle: 'साइन-इन नहीं हो सका',
  failed: 'साइन-इन का अनुरोध अस्वीकार हुआ। यह विंडो बंद करें और अपने CRM पेज से फिर शुरू करें।',
  callbackTitle: 'साइन इन हो गया',
  callbackClosing: 'यह विंडो अपने आप बंद हो जाएगी।',
  callbackAlone: 'जिस पेज ने यह माँगा था वह अब खुला नहीं है। यह विंडो बंद करें और अपने CRM पेज से फिर साइन इन करें।',
  callbackRefusedTitle: 'यह पेज यहाँ साइन इन नहीं कर सकता',
  callbackRefused: 'जिस पेज ने यह विंडो खोली, वह इस गेटवे की अनुमत सूची में नहीं है, इसलिए उसे कुछ नहीं बताया गया।',
  callbackRefusedHelp: 'प्रशासक से पेज का origin जोड़ने को कहें, फिर कोशिश करें।',
};

const languages: { readonly [lang: string]: Messages } = { en, hi };

export interface Localised {
  readonly lang: string;
  readonly text: Messages;
}

/** The first language we speak among what the client asked for (`ui_locales`) and what the browser prefers. */
export function localise(uiLocales: string | undefined, acceptLanguage: string | undefined): Localised {
  const wanted = [...(uiLocales ?? '').split(' '), ...preferred(acceptLanguage ?? '')];
  const primary = wanted.map((tag) => tag.trim().replace(/-.*$/, '').toLowerCase());
  const lang = primary.find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
  return { lang, text: languages[lang] ?? en };
}

function preferred(acceptLanguage: string): string[] {
  const ranges = acceptLanguage
    .split(',')
    .slice(0, 20)
    .map((range) => {
      const [tag = '', quality = ''] = range.split(';');
      return { tag, quality: Number(/q=([\d.]+)/.exec(quality)?.[1] ?? 1) };
    });
  return ranges.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}
