/** The part of it that the load generator uses: it comes without types. */
declare module 'autocannon' {
  interface Request {
    path: string;
    method: string;
    body?: string;
    headers?: Record<string, string>;
  }
  interface Instance {
    on(
      event: 'response',
      listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
    ): void;
    on(
      event: 'done',
      listener: (result: { duration: number; errors: number; timeouts: number }) => void,
    ): void;
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    headers: Record<string, string>;
    requests: Request[];
  }): Instance;
}
