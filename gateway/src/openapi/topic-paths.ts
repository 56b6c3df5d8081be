import { EVENTS_READ } from '../auth/scopes.ts';
import { TOPIC_PATH } from '../hub/topics.ts';
import { hubPaths, pathParameter, type Paths } from './resource-paths.ts';

/** The hubs of topics. They are described once for all topics; each also needs the read scope of its resource. */
export const topicHubPaths: Paths = Object.fromEntries(
  Object.entries(hubPaths(`${TOPIC_PATH}/{topicId}/hub`, 'Topic', 'event', [EVENTS_READ])).map(
    ([path, { parameters = [], ...item }]) => [
      path,
      { parameters: [pathParameter('topicId'), ...(parameters as object[])], ...item },
    ],
  ),
);
