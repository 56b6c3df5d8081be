
    // Do not modify this file by hand!
    // Re-generate this file by running lit-localize

    
    

    /* eslint-disable no-irregular-whitespace */
    /* eslint-disable @typescript-eslint/no-explicit-any */

    export const templates = {
      's01b45ff3dcb4d971': `آپ کا سائن اِن ختم ہو گیا ہے۔ دوبارہ سائن اِن کریں۔`,
's320ae88711c603fe': `سائن اِن نہیں ہو سکا۔ دوبارہ کوشش کریں۔`,
's376a3f7faf9e2261': `JioAssist ابھی جواب نہیں دے سکتا۔`,
's3aeb485881748900': `سائن اِن مکمل نہیں ہوا۔`,
's4ad6c6e06c690f5a': `JioAssist سے رابطہ نہیں ہو پا رہا۔`,
's4ff5c1bb0a1bd88b': `براؤزر نے سائن اِن ونڈو روک دی۔ اس صفحے کے لیے پاپ اَپ کی اجازت دیں اور دوبارہ کوشش کریں۔`,
's59169c4e8fbcdccf': `سائن اِن ہو رہا ہے…`,
's5e27738a2e8eb763': `سائن اِن کریں`,
's7e11f8171f333a51': `اس صفحے کو JioAssist استعمال کرنے کی اجازت نہیں ہے۔ اپنے منتظم کو بتائیں۔`,
's7f5be23375047866': `JioAssist نے درخواست مسترد کر دی۔`,
's88a6cb8ce1f97ca2': `JioAssist کا جواب پڑھا نہیں جا سکا۔ اپنے منتظم کو بتائیں۔`,
's90ca780c4a658cc5': `JioAssist اس صارف کو نہیں جانتا۔`,
'scd1dd6ff53d0d01a': `دوبارہ کوشش کریں`,
'sd21c349eaa850bdc': `اس صفحے پر JioAssist درست طور پر ترتیب نہیں دیا گیا۔ اپنے منتظم کو بتائیں۔`,
'se561f225de43ace9': `آپ کو یہ دیکھنے کی اجازت نہیں ہے۔`,
'sf5cef975f84f19a2': `JioAssist نے بروقت جواب نہیں دیا۔`,
    };
  