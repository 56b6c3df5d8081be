import { buildServiceProblem } from '@jioassist/core-sdk/testing';
import { expect } from '@open-wc/testing';
import type { Cause } from './explanation.js';
import type { Finding } from './finding.js';
import { formatMoment, formatStamp } from './format.js';
import type { KpiView } from './service-view.js';
import { judge } from './verdict.js';
import { verdictText } from './words.js';

/** Ten in the morning; what is told began on the same day. */
const NOW = new Date().setHours(10, 0, 0, 0);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const finding = (values: Partial<Finding> = {}): Finding => ({
  alarmId: 'ALM-1',
  indicatorId: 'throughput',
  severity: 'major',
  reason: 'level shift',
  value: 40,
  expected: 160,
  lower: 120,
  upper: 200,
  unit: 'Mbit/s',
  since: NOW - 5 * MINUTE,
  lastGood: NOW - 6 * MINUTE,
  ...values,
});

const silent = { indicatorId: 'signal', reason: 'silence', value: undefined, severity: 'critical' } as const;
const slow = finding({ alarmId: 'ALM-2', indicatorId: 'latency', value: 60, expected: 20, unit: 'ms' });

const problem = (name: string) =>
  buildServiceProblem({
    name,
    creationDate: new Date(NOW - 4 * MINUTE).toISOString(),
    underlyingAlarm: [{ id: 'ALM-1' }],
  });

const changed = (what: 'sim' | 'firmware'): Cause => ({
  id: 'sim-device',
  standing: 'found',
  detail: { why: 'changed', what, at: NOW - 7 * MINUTE },
});

interface Case {
  findings?: Finding[];
  causes?: Cause[];
  area?: ReturnType<typeof problem> | null;
}

function told({ findings = [], causes = [], area = null }: Case): string {
  const verdict = judge({ findings, causes, area, measured: true });
  const kpis: KpiView[] = [];
  return verdictText({ verdict, kpis });
}

describe('the verdict in words', () => {
  const at = (minutes: number): string => formatMoment(NOW - minutes * MINUTE, NOW);

  const table: [name: string, given: Case, text: string][] = [
    [
      'a cell that is full',
      { findings: [finding(), slow], area: problem('Degradation at CELL-1') },
      `Known network problem since ${at(5)}: Degradation at CELL-1; Throughput is at 25% of normal; also affected: Latency`,
    ],
    [
      'a cut fibre',
      { findings: [finding(silent)], area: problem('Outage at OLT-1') },
      `Known network problem since ${at(5)}: Outage at OLT-1; No signal`,
    ],
    [
      'a SIM that the network does not know',
      { findings: [finding(silent)], causes: [changed('sim')] },
      `No signal since ${at(5)}; new SIM since ${at(7)}; area is healthy; last good ${at(6)}`,
    ],
    [
      'a bill that is not paid',
      {
        causes: [
          {
            id: 'barring',
            standing: 'found',
            detail: { why: 'barred', scope: 'all', reason: 'paymentOverdue', since: NOW - 5 * MINUTE },
          },
        ],
      },
      `The service is barred (payment due) since ${at(5)}; area is healthy`,
    ],
    [
      'a router that is too hot',
      { findings: [finding(), slow] },
      `Throughput is at 25% of normal since ${at(5)}; also affected: Latency; area is healthy; last good ${at(6)}`,
    ],
    [
      'a firmware that drops packets',
      {
        findings: [finding({ indicatorId: 'packetLoss', value: 6, expected: 0.1, unit: '%' })],
        causes: [changed('firmware')],
      },
      `Packet loss is 60× normal since ${at(5)}; new firmware since ${at(7)}; area is healthy; last good ${at(6)}`,
    ],
  ];
  for (const [name, given, text] of table) {
    it(`tells ${name}`, () => {
      expect(told(given)).to.equal(text);
    });
  }

  it('says nothing of the area when that could not be read', () => {
    const findings = [finding({ lastGood: undefined })];
    const verdict = judge({ findings, causes: [], area: undefined, measured: true });
    expect(verdictText({ verdict, kpis: [] })).not.to.include('area');
  });
});

describe('a moment in words', () => {
  it('is said as one says it on the phone', () => {
    const time = formatMoment(NOW, NOW);
    expect(time).to.match(/^10:00/);
    expect(formatMoment(NOW - DAY, NOW)).to.equal(`yesterday, ${time}`);
    expect(formatMoment(NOW - 3 * DAY, NOW)).to.match(new RegExp(`^[A-Z][a-z]{2}, ${time}$`));
    expect(formatMoment(NOW - 9 * DAY, NOW)).to.equal(formatStamp(NOW - 9 * DAY, NOW));
    expect(formatMoment(NOW + 2 * DAY, NOW)).to.equal(formatStamp(NOW + 2 * DAY, NOW));
  });

  it('knows yesterday by midnight, not by hours', () => {
    const late = new Date(NOW).setHours(0, 5);
    expect(formatMoment(late - 10 * MINUTE, late)).to.match(/^yesterday/);
  });
});
