import { describe, expect, it } from 'vitest';
import { createIndex, type SearchDocument, type SearchHit, type SearchOptions } from './index.ts';

const articles: SearchDocument[] = [
  {
    id: 'otp',
    title: 'One time password not received',
    body: '<p>The OTP does not arrive by SMS.</p><p>Check <b>DND</b>. Error E-101: the number is barred.</p>',
    tags: ['otp', 'sms'],
    product: 'mobile',
    language: 'en',
  },
  {
    id: 'refund',
    title: 'Recharge failed but money deducted',
    body: 'Dial *123# to check the balance. The refund takes three days by UPI.',
    product: ['prepaid'],
    language: 'en',
    validFor: { endDateTime: '2026-12-31T00:00:00Z' },
  },
  {
    id: 'refund-hi',
    title: 'रिचार्ज नहीं हुआ, पैसे कट गए',
    body: 'ग्राहक का रिचार्ज विफल हुआ। बैलेंस जांचने के लिए *123# डायल करें।',
    product: ['prepaid'],
    language: 'hi',
  },
  {
    id: 'ont',
    title: 'Fibre: red light on the ONT',
    symptom: 'loss of signal',
    sections: [{ title: 'What to do', body: 'Reset the Wi-Fi router and book a visit.' }],
    product: 'fibre',
    circle: 'Mumbai',
    language: 'en',
  },
  {
    id: 'volte',
    name: 'Settings for VoLTE',
    description: 'The access point name must be right.',
    product: 'mobile',
  },
];
const index = createIndex(articles);

function ids(query: string, options?: SearchOptions): SearchHit['id'][] {
  return index.search(query, options).map(({ id }) => id);
}

function kinds(query: string): string[] {
  return index.search(query, { limit: 1 }).flatMap(({ signals }) => signals.map(({ kind }) => kind));
}

describe('search', () => {
  it.each([
    ['words in another form', 'recharging fails', 'refund'],
    ['a misspelling', 'recharge faild mony', 'refund'],
    ['an abbreviation', 'upi', 'refund'],
    ['what an abbreviation stands for', 'one time pasword', 'otp'],
    ['an abbreviation the article spells out', 'apn', 'volte'],
    ['a code', 'e-101', 'otp'],
    ['a code written together', 'E101', 'otp'],
    ['a code written apart', 'error E 101', 'otp'],
    ['a service code', 'dial *123# for the balance', 'refund'],
    ['words written together', 'wifi router', 'ont'],
    ['a word written apart', 're charge', 'refund'],
    ['the beginning of a word', 'setti', 'volte'],
    ['Devanagari', 'पैसा', 'refund-hi'],
    ['Hindi in Latin letters', 'recharge nahi hua', 'refund-hi'],
    ['the other spelling', 'fiber', 'ont'],
    ['a symptom', 'signal lost loss', 'ont'],
  ])('finds by %s', (_, query, expected) => {
    expect(ids(query)[0]).toBe(expected);
  });

  it('says how each word matched', () => {
    expect(index.search('recharg moeny', { prefix: false })[0]).toMatchObject({
      id: 'refund',
      signals: [
        { kind: 'exact', typed: 'recharg', word: 'recharge', field: 'title' },
        { kind: 'correction', typed: 'moeny', word: 'money', field: 'title' },
      ],
    });
    expect(kinds('settin')).toEqual(['prefix']);
    expect(kinds('recharge nahi hua')).toEqual(['transliteration', 'transliteration', 'transliteration']);
    expect(kinds('apn')).toContain('synonym');
  });

  it('keeps words in quotation marks together', () => {
    expect(ids('"red light"')).toEqual(['ont']);
    expect(ids('"light red"')).toEqual([]);
    expect(ids('"nowhere words"')).toEqual([]);
  });

  it('takes the last word as unfinished only while it is', () => {
    expect(ids('vol')).toEqual(['volte']);
    expect(ids('vol', { prefix: false })).toEqual([]);
    expect(ids('vol ')).toEqual([]);
  });

  it('finds more than the one article that has the same misspelling', () => {
    const right = Array.from({ length: 20 }, (_, id) => ({ id, text: 'receive a refund' }));
    const own = createIndex([...right, { id: 'slip', text: 'recieve a refund' }]);
    const hits = own.search('recieve', { limit: 30, prefix: false });
    expect(hits.map(({ id }) => id)).toHaveLength(21);
    expect(hits[0]?.id).toBe('slip');
  });

  it('leaves a correctly spelt word alone', () => {
    expect(kinds('refund')).toEqual(['exact']);
  });

  it('finds nothing for nothing', () => {
    for (const query of ['', '   ', '?!', 'qqqqqqqq']) expect(ids(query)).toEqual([]);
    expect(createIndex([]).search('otp')).toEqual([]);
  });

  it('gives as many as asked, best first', () => {
    const hits = index.search('the', { limit: 2 });
    expect(hits).toHaveLength(2);
    expect(hits[0]!.score).toBeGreaterThanOrEqual(hits[1]!.score);
  });

  it.each([
    ['{ id, text }', [{ id: 1, text: 'port a number' }]],
    ['{ id, body }', [{ id: 1, body: 'port a number' }]],
    ['{ id, abstract }', [{ id: 1, abstract: 'port a number' }]],
    ['fields of its own', [{ id: 1, question: 'How to port a number?' }]],
  ])('reads %s and gives the id as it came', (_, documents) => {
    expect(createIndex(documents).search('porting')[0]?.id).toBe(1);
  });

  it('weighs fields as told', () => {
    const documents = [
      { id: 'a', heading: 'roaming', note: 'data' },
      { id: 'b', heading: 'data', note: 'roaming' },
    ];
    const first = (fields: Record<string, number>): unknown =>
      createIndex(documents, { fields }).search('data')[0]?.id;
    expect(first({ heading: 3, note: 1 })).toBe('b');
    expect(first({ heading: 1, note: 3 })).toBe('a');
  });

  it('takes other synonyms', () => {
    const own = createIndex([{ id: 1, text: 'handset' }], { synonyms: [['phone', 'handset']] });
    expect(own.search('phone')[0]?.signals).toMatchObject([{ kind: 'synonym', word: 'handset' }]);
  });
});

describe('filters', () => {
  it('keep what has one of the values, or none', () => {
    expect(ids('recharge', { filters: { language: 'hi' } })).toEqual(['refund-hi']);
    expect(ids('name password', { filters: { product: ['MOBILE', 'fibre'] } }).sort()).toEqual([
      'otp',
      'volte',
    ]);
    expect(ids('setting', { filters: { circle: 'Delhi' } })).toEqual(['volte']);
  });

  it('keep what is valid', () => {
    expect(ids('refund', { filters: { validAt: '2026-12-01T00:00:00Z' } })).toEqual(['refund']);
    expect(ids('refund', { filters: { validAt: new Date('2027-01-01') } })).toEqual([]);
  });

  it('hold for suggestions as well', () => {
    const context = { products: ['prepaid'] };
    expect(ids('', { context, filters: { language: 'hi' } })).toEqual(['refund-hi']);
  });
});

describe('context', () => {
  it('suggests without a query, and says why', () => {
    const [first] = index.search('', {
      context: { products: ['fibre'], circle: 'mumbai', anomalies: ['lossOfSignal'], language: 'en-IN' },
    });
    expect(first?.id).toBe('ont');
    expect(first?.signals.map((signal) => signal.kind === 'context' && signal.signal)).toEqual([
      'anomaly',
      'product',
      'circle',
      'language',
    ]);
  });

  it('prefers the language, the circle and the product of the customer', () => {
    expect(ids('*123#', { context: { language: 'hi' } })[0]).toBe('refund-hi');
    expect(ids('*123#', { context: { language: 'en' } })[0]).toBe('refund');
    const [other] = index.search('red light', { context: { circle: 'Delhi' } });
    expect(other?.signals).toContainEqual({ kind: 'context', signal: 'circle', value: 'Delhi', boost: -0.5 });
  });

  it.each([
    ['tickets', { tickets: ['Money deducted'] }, 'ticket'],
    ['badges', { badges: ['recharge_failed'] }, 'badge'],
    ['step', { step: 'Check the recharge' }, 'step'],
    ['usefulness', { usefulness: { refund: 1 } }, 'usefulness'],
  ])('weighs %s', (_, context, signal) => {
    const hit = index.search('balance', { context }).find(({ id }) => id === 'refund');
    expect(hit?.signals).toContainEqual(expect.objectContaining({ kind: 'context', signal }));
  });

  it('does not bring in what the words do not find', () => {
    expect(ids('volte', { context: { products: ['fibre'] } })).toEqual(['volte']);
  });
});

describe('other languages', () => {
  const texts = {
    ta: 'பணம் போய்விட்டது ரீசார்ஜ் ஆகவில்லை',
    bn: 'রিচার্জ হয়নি',
    ur: 'ری چارج نہیں ہوا',
    ar: 'الشبكة بطيئة',
    zh: '网络很慢 无法上网',
    ja: 'インターネットが遅い',
    th: 'อินเทอร์เน็ตช้า',
    ru: 'Нет интернета',
    de: 'Straße und Störung',
    tr: 'İnternet yavaş',
  };
  const many = createIndex(Object.entries(texts).map(([id, title]) => ({ id, title })));

  it.each([
    ['ரீசார்ஜ்', 'ta'],
    ['রিচার্জ', 'bn'],
    ['چارج', 'ur'],
    ['شبكة بطيئة', 'ar'],
    ['上网', 'zh'],
    ['遅い', 'ja'],
    ['ช้า', 'th'],
    ['интернета', 'ru'],
    ['strasse', 'de'],
    ['storung', 'de'],
    ['internet', 'tr'],
  ])('%s is found', (query, id) => {
    expect(many.search(query)[0]?.id).toBe(id);
  });

  it('one document is enough, and none finds nothing', () => {
    expect(createIndex([{ id: 1, title: 'Recharge' }]).search('rechrge')).toHaveLength(1);
    expect(createIndex([]).search('recharge', { context: { language: 'en' } })).toEqual([]);
    expect(createIndex([{ id: 1 }, { id: 2, title: ' ', tags: [] }]).search('recharge')).toEqual([]);
  });

  it('a word is found however Unicode writes it', () => {
    const written = createIndex([{ id: 1, title: 'Cafe\u0301 क\u093cलम' }]);
    for (const query of ['café', 'cafe', 'ＣＡＦＥ', 'क़लम', 'कलम'])
      expect(written.search(query)).toHaveLength(1);
  });

  it('a short document and a very long one are found by the same word', () => {
    const long = { id: 'long', body: `${'lorem ipsum dolor '.repeat(20_000)} needle` };
    const found = createIndex([long, { id: 'short', body: 'needle' }]).search('needle');
    expect(found.map(({ id }) => id)).toEqual(['short', 'long']);
  });
});
