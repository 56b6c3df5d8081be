import type { FastifyInstance, FastifyReply } from 'fastify';
import { readMessages } from '../bayeux/message.ts';
import { cookieOf, goneSignal, invalid, notSignedIn } from './http.ts';
import type { Dialect } from './sessions.ts';
import type { SimulatorContext } from './simulator.ts';

/** CometD clients put the kind of message behind the address, and may leave it out. */
const PATHS = ['', '/', '/handshake', '/connect', '/disconnect'];

/** The notifications of a dialect, for those who are signed in to it. */
export function registerNotifications(
  app: FastifyInstance,
  { sessions, bayeux }: SimulatorContext,
  { dialect, cookie }: { dialect: Dialect; cookie: string },
): void {
  for (const path of PATHS) {
    app.post(`/notifications${path}`, async (request, reply): Promise<FastifyReply> => {
      const session = sessions.find(cookieOf(request, cookie), dialect);
      if (!session) throw notSignedIn();
      const messages = readMessages(request.body);
      if (!messages) throw invalid('messages');
      const answers = await bayeux.handle(session.id, messages, goneSignal(reply));
      return reply.type('application/json').send(JSON.stringify(answers));
    });
  }
}
