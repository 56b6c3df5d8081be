import type { Queryable } from '../store/database.ts';
import { indicators, type IndicatorId } from '../measurement/indicators.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';

/** A service level objective of TMF657, in the unit of its indicator. */
export interface Objective {
  readonly id: string;
  readonly indicator: IndicatorId;
  readonly category: string;
  readonly comparator: 'lessThan' | 'greaterThan';
  /** What is promised. */
  readonly target: number;
  /** What is still borne. */
  readonly tolerance: number;
}

/** The objectives as they are stored now. One that is not about an indicator, or not about numbers, counts for nobody. */
export async function readObjectives(on: Queryable): Promise<Objective[]> {
  const rows = await on.query<{ document: ResourceDocument }>(
    `select document from resource where kind = 'serviceLevelObjective' order by position limit 1000`,
  );
  return rows.flatMap(({ document }) => objectiveOf(document) ?? []);
}

export function objectiveOf(document: ResourceDocument): Objective | undefined {
  const parameter = textAt(document, 'serviceLevelObjectiveParameter.name');
  const indicator = indicators.find(({ id }) => id === parameter)?.id;
  const category = textAt(listAt(document, 'serviceLevelObjectiveParameter.relatedEntity')[0], 'id');
  const comparator = textAt(document, 'conformanceComparator');
  const target = numberIn(document, 'conformanceTarget');
  const tolerance = numberIn(document, 'toleranceTarget') ?? target;
  if (indicator === undefined || category === undefined) return undefined;
  if (target === undefined || tolerance === undefined) return undefined;
  if (comparator !== 'lessThan' && comparator !== 'greaterThan') return undefined;
  return { id: String(document.id), indicator, category, comparator, target, tolerance };
}

function numberIn(document: ResourceDocument, attribute: string): number | undefined {
  const text = textAt(document, attribute);
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
