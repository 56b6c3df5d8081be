/** Knowledge articles, written for the demonstration. */
export const articles = [
  {
    name: 'Slow mobile data in the evening',
    category: 'mobile',
    description: 'How to tell a full cell from a weak signal, and what helps in each case.',
    text: 'Compare throughput and signal of the last day. Good signal with low throughput from seven to eleven in the evening points to a full cell: offer Wi-Fi calling and note the cell in the ticket. A signal below -105 dBm points to coverage: try another spot first.',
  },
  {
    name: 'Fibre connection that drops',
    category: 'fibre',
    description: 'Reading optical power, and when to send a technician.',
    text: 'Optical power below -26 dBm, or one that falls by more than 3 dB within a day, needs a visit. Before that, ask whether the patch cord is bent and let the customer plug it in again.',
  },
  {
    name: 'Red LOS light on the ONT',
    category: 'fibre',
    description: 'No light arrives: check for an outage, then book a visit.',
    text: 'Look for an open service problem on the line terminal. If there is none, check the patch cord with the customer and book the next free visit.',
  },
  {
    name: 'A recharge does not show',
    category: 'billing',
    description: 'Where a recharge can hang, and how to find it.',
    text: 'Look at the balance actions of the number. A confirmed action is in the bucket; a failed one says why. Payments without an action are returned by the bank within five working days.',
  },
  {
    name: 'Switching on international roaming',
    category: 'mobile',
    description: 'What to check before a journey.',
    text: 'The plan must allow roaming and the account must not be suspended. Name the day-pass price, and send the confirmation as a message.',
  },
  {
    name: 'When a customer wants to leave',
    category: 'retention',
    description: 'Listen first, then offer what fits.',
    text: 'Ask for the reason and note it. Solve an open problem before making an offer. Offers are in the recommendations of the customer; record the answer in the interaction.',
  },
] as const;
