
    // Do not modify this file by hand!
    // Re-generate this file by running lit-localize

    
    import {str} from '@lit/localize';

    /* eslint-disable no-irregular-whitespace */
    /* eslint-disable @typescript-eslint/no-explicit-any */

    export const templates = {
      's0b193e69ee8151fc': `پرانی معلومات`,
's296a4fe170eca9cb': `فائبر`,
's38cba0a354bb3929': `سگنل`,
's3d1396b47ff4a56f': `لائیو`,
's437d778f76d9fe7f': `ڈیٹا کی رفتار`,
's56df31a121d65bd7': `تشخیص`,
's5b764977ceaeb317': `موبائل`,
's5dfe62387cb6086a': str`پچھلے 5 منٹ: ${0} اور ${1} کے درمیان`,
's6a68bca9ba6db91f': `تیاری میں`,
's6b8d3b667416a92a': `صارف کی سروسز دیکھنے کے لیے سائن اِن کریں۔`,
's6f86de3b06013f0c': `پچھلے 5 منٹ میں کچھ نہیں ماپا گیا`,
's72c1acc89c6ca144': `پیکٹ کا نقصان`,
's7eee8154847499d8': `غیر فعال`,
's81f0005d20df5f9b': `کسی صارف کو کھولیں اور دیکھیں کہ اُن کی سروسز کیسی چل رہی ہیں۔`,
's8ab8ba9632fe0944': str`${0} سے پرانی معلومات`,
'sa45a194b58837e4f': `فعال`,
'scd1dd6ff53d0d01a': `دوبارہ کوشش کریں`,
'se3d24cbf3268acf2': `سروسز پڑھی جا رہی ہیں…`,
'se7bbc60a98088719': `تاخیر`,
'sea28c1f6ae880a88': `اس صارف کی کوئی سروس نہیں ہے۔`,
'sf113fa256db9617b': `ختم شدہ`,
    };
  