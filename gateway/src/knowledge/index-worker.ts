import { parentPort, type MessagePort } from 'node:worker_threads';
import { serveSearch, type MessageEnd } from '@jioassist/km-panel/search/source';

// One index for each port that is sent here: building and searching them keeps nobody from being answered.
parentPort?.on('message', ({ port }: { port: MessagePort }) => {
  serveSearch(port as unknown as MessageEnd);
});
