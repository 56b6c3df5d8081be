import type { EventLog } from '../events/log.ts';
import type { Queryable } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { CommandContext } from '../tmf/commands.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ResourceKinds } from '../tmf/kinds.ts';
import { alarmOf, changedAlarm, clearedAlarm } from './alarms.ts';
import type { Series } from './series.ts';

/** What the detection does carries this instead of the id of a request. */
export const context: CommandContext = { correlationId: 'anomaly-detection', ifMatch: undefined };

/** What became of one series: to be taken over when the transaction is committed. */
export interface Written {
  readonly series: Series;
  /** The alarm that is open for it now. */
  readonly alarmId: string | undefined;
  /** Somebody else has cleared or deleted the alarm. */
  readonly wasTaken?: boolean;
}

/** Brings stored alarms to what the watches say: raises, changes and clears them, with their events. */
export class AlarmWriter {
  readonly kinds: ResourceKinds;
  readonly #places = new Map<string, readonly ResourceDocument[]>();

  constructor(log: Pick<EventLog, 'append'>) {
    this.kinds = new ResourceKinds(declarations, log);
  }

  async write(tx: Queryable, series: Series): Promise<Written> {
    const { alarmId } = series;
    if (alarmId !== undefined) return this.#follow(tx, series, alarmId);
    const { finding } = series.watch;
    if (!finding) return { series, alarmId: undefined };
    const { service, indicator } = series;
    const alarm = alarmOf(service, indicator, finding, await this.placeOf(tx, service.resourceId));
    const { document } = await this.kinds.of('alarm').createIn(tx, alarm, context);
    return { series, alarmId: document.id as string };
  }

  /** The site of a cell or OLT, as a place. */
  async placeOf(tx: Queryable, resourceId: string): Promise<readonly ResourceDocument[]> {
    const known = this.#places.get(resourceId);
    if (known) return known;
    const [site] = await this.kinds.of('geographicSite').repository.matching(tx, { code: resourceId }, 1);
    const [place] = (site?.place ?? []) as readonly ResourceDocument[];
    const found = site
      ? [{ id: site.id, name: place?.name ?? site.name, role: 'site', '@referredType': 'GeographicSite' }]
      : [];
    this.#places.set(resourceId, found);
    return found;
  }

  async #follow(tx: Queryable, series: Series, id: string): Promise<Written> {
    const alarms = this.kinds.of('alarm');
    const stored = await alarms.repository.findForUpdate(tx, id);
    if (!stored || stored.document.state === 'cleared') {
      return { series, alarmId: undefined, wasTaken: true };
    }
    const { finding } = series.watch;
    const change = finding
      ? (alarm: ResourceDocument) => changedAlarm(alarm, series.indicator, finding)
      : clearedAlarm;
    await alarms.patch(tx, id, change, context);
    return { series, alarmId: finding && id };
  }
}
