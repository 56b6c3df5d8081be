import { expect } from '@open-wc/testing';
import { ErrorReports } from './error-reports.js';
import { JioAssistError } from './errors.js';

describe('ErrorReports', () => {
  const { now } = Date;
  const { error: consoleError } = console;
  let clock = now();
  let lines: string[] = [];

  beforeEach(() => {
    lines = [];
    Date.now = () => clock;
    console.error = (line: string) => void lines.push(line);
  });

  afterEach(() => {
    Date.now = now;
    console.error = consoleError;
  });

  const down = () => new JioAssistError('network/unreachable', 'It is down.', { gateway: 'g' });

  it('tells an error once, however many widgets meet it and however long', () => {
    const reports = new ErrorReports();
    let told = 0;
    reports.latest.subscribe(() => told++);
    for (let minute = 0; minute < 10; minute++) {
      reports.report(down());
      reports.report(down());
      clock += 50_000;
    }
    expect(lines).to.deep.equal(['[JioAssist] network/unreachable: It is down.']);
    expect(told).to.equal(1);
  });

  it('tells it again when it comes back after it was over', () => {
    const reports = new ErrorReports();
    reports.report(down());
    clock += 61_000;
    reports.report(down());
    expect(lines).to.have.lengthOf(2);
  });

  it('tells errors of other places apart', () => {
    const reports = new ErrorReports();
    reports.report(down());
    reports.report(new JioAssistError('network/unreachable', 'It is down.', { gateway: 'h' }));
    expect(lines).to.have.lengthOf(2);
  });
});
