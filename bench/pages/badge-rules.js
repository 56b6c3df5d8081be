// A thousand badges that are all due; the text of the first follows one fact, that of the others another.
export const COUNT = 1_000;

const title = (index) =>
  index === 0 ? 'Late tickets: {tickets.overdue}' : `Badge ${index}: {balance.rupees} left`;

export const ruleSet = {
  schemaVersion: 1,
  version: 'bench',
  rules: Array.from({ length: COUNT }, (_, index) => ({
    id: `rule-${index}`,
    when: `balance.rupees >= ${-1 - index}`,
    severity: 'warning',
    // The first stays the first.
    confidence: 0.9 - index / (2 * COUNT),
    title: { en: title(index) },
    why: { en: 'Because.' },
    evidence: [],
    actions: [],
    expires: 'P7D',
    coolDown: 'PT4H',
  })),
};

export const factsAt = ({ rupees, overdue }) => ({ balance: { rupees }, tickets: { overdue } });
