
    // Do not modify this file by hand!
    // Re-generate this file by running lit-localize

    
    

    /* eslint-disable no-irregular-whitespace */
    /* eslint-disable @typescript-eslint/no-explicit-any */

    export const templates = {
      's01b45ff3dcb4d971': `आपका साइन-इन समाप्त हो गया है। फिर से साइन इन करें।`,
's320ae88711c603fe': `साइन-इन नहीं हो सका। फिर कोशिश करें।`,
's376a3f7faf9e2261': `JioAssist अभी जवाब नहीं दे सकता।`,
's3aeb485881748900': `साइन-इन पूरा नहीं हुआ।`,
's4ad6c6e06c690f5a': `JioAssist से संपर्क नहीं हो पा रहा है।`,
's4ff5c1bb0a1bd88b': `ब्राउज़र ने साइन-इन विंडो रोक दी। इस पेज के लिए पॉप-अप की अनुमति दें और फिर कोशिश करें।`,
's59169c4e8fbcdccf': `साइन इन हो रहा है…`,
's5e27738a2e8eb763': `साइन इन करें`,
's7e11f8171f333a51': `इस पेज को JioAssist इस्तेमाल करने की अनुमति नहीं है। अपने एडमिन को बताएँ।`,
's7f5be23375047866': `JioAssist ने अनुरोध अस्वीकार कर दिया।`,
's88a6cb8ce1f97ca2': `JioAssist का जवाब पढ़ा नहीं जा सका। अपने एडमिन को बताएँ।`,
's90ca780c4a658cc5': `JioAssist इस ग्राहक को नहीं पहचानता।`,
'scd1dd6ff53d0d01a': `फिर कोशिश करें`,
'sd21c349eaa850bdc': `इस पेज पर JioAssist सही से सेट नहीं है। अपने एडमिन को बताएँ।`,
'se561f225de43ace9': `आपको यह देखने की अनुमति नहीं है।`,
'sf5cef975f84f19a2': `JioAssist ने समय पर जवाब नहीं दिया।`,
    };
  