import type { ResourceDocument } from '../declaration.ts';
import { listAt, textAt } from './document.ts';
import type { TaskContext } from './task-context.ts';

/** The city of a place that is written out, or that is a reference to a stored address or site. */
export async function cityOf(
  task: TaskContext,
  place: ResourceDocument | undefined,
): Promise<string | undefined> {
  const written = textAt(place, 'city');
  if (written !== undefined) return written;
  const id = textAt(place, 'id');
  if (id === undefined) return undefined;
  const address = await task.find('geographicAddress', id);
  if (address) return textAt(address, 'city');
  const site = await task.find('geographicSite', id);
  return textAt(listAt(site, 'place')[0], 'name');
}
