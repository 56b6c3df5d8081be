import type { Command, JioAssistClient } from '@jioassist/core-sdk';

/** What an agent can say of an anomaly that was shown. */
export const FEEDBACK = ['useful', 'noise'] as const;
export type FeedbackVerdict = (typeof FEEDBACK)[number];

/** What became of what an agent said. */
export interface GivenFeedback {
  readonly verdict: FeedbackVerdict;
  readonly status: Command['outcome']['status'];
}

/** Tells the gateway whether an alarm was of use, which tunes the limit of that KPI. What was said last counts. */
export class Feedback {
  readonly #client: JioAssistClient;
  /** What is told and off the list of commands. */
  readonly #told = new Map<string, FeedbackVerdict>();

  constructor(client: JioAssistClient) {
    this.#client = client;
  }

  of(alarmId: string): GivenFeedback | undefined {
    const command = this.#commands(alarmId).at(-1);
    if (command) return { verdict: verdictOf(command), status: command.outcome.status };
    const verdict = this.#told.get(alarmId);
    return verdict && { verdict, status: 'done' };
  }

  /** Resolves once it is written down and cannot be lost. */
  async give(alarmId: string, verdict: FeedbackVerdict): Promise<void> {
    await this.#client.commands.submit({
      api: 'jioassist',
      method: 'POST',
      path: '/anomalyFeedback',
      lane: laneOf(alarmId),
      body: { alarm: { id: alarmId }, verdict },
    });
  }

  /** Takes what is done off the list of commands; called when that list changed. */
  settle(): void {
    for (const { id, request, outcome } of this.#client.commands.state.value.commands) {
      if (!request.lane.startsWith(LANE) || outcome.status !== 'done') continue;
      const { alarm, verdict } = request.body as { alarm: { id: string }; verdict: FeedbackVerdict };
      this.#told.set(alarm.id, verdict);
      void this.#client.commands.dismiss(id);
    }
  }

  #commands(alarmId: string): Command[] {
    const lane = laneOf(alarmId);
    return this.#client.commands.state.value.commands.filter(({ request }) => request.lane === lane);
  }
}

const LANE = 'anomalyFeedback ';

function laneOf(alarmId: string): string {
  return LANE + alarmId;
}

function verdictOf({ request }: Command): FeedbackVerdict {
  return (request.body as { verdict: FeedbackVerdict }).verdict;
}
