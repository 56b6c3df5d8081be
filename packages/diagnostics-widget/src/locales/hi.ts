
    // Do not modify this file by hand!
    // Re-generate this file by running lit-localize

    
    import {str} from '@lit/localize';

    /* eslint-disable no-irregular-whitespace */
    /* eslint-disable @typescript-eslint/no-explicit-any */

    export const templates = {
      's0b193e69ee8151fc': `पुरानी जानकारी`,
's296a4fe170eca9cb': `फ़ाइबर`,
's38cba0a354bb3929': `सिग्नल`,
's3d1396b47ff4a56f': `लाइव`,
's437d778f76d9fe7f': `डेटा गति`,
's56df31a121d65bd7': `निदान`,
's5b764977ceaeb317': `मोबाइल`,
's5dfe62387cb6086a': str`पिछले 5 मिनट: ${0} और ${1} के बीच`,
's6a68bca9ba6db91f': `तैयारी में`,
's6b8d3b667416a92a': `ग्राहक की सेवाएँ देखने के लिए साइन इन करें।`,
's6f86de3b06013f0c': `पिछले 5 मिनट में कुछ नहीं मापा गया`,
's72c1acc89c6ca144': `पैकेट हानि`,
's7eee8154847499d8': `बंद`,
's81f0005d20df5f9b': `किसी ग्राहक को खोलें और देखें कि उनकी सेवाएँ कैसी चल रही हैं।`,
's8ab8ba9632fe0944': str`${0} से पुरानी जानकारी`,
'sa45a194b58837e4f': `चालू`,
'scd1dd6ff53d0d01a': `फिर कोशिश करें`,
'se3d24cbf3268acf2': `सेवाएँ पढ़ी जा रही हैं…`,
'se7bbc60a98088719': `विलंबता`,
'sea28c1f6ae880a88': `इस ग्राहक की कोई सेवा नहीं है।`,
'sf113fa256db9617b': `समाप्त`,
    };
  