/** The part of it that the search benchmark uses: it comes without types. */
declare module 'lunr' {
  interface Builder {
    field(name: string): void;
    add(document: object): void;
  }
  interface Token {
    toString(): string;
  }
  interface Index {
    search(query: string): { ref: string }[];
  }
  const lunr: {
    (configure: (builder: Builder) => void): Index;
    Index: { load(serialized: object): Index };
    Token: new (text: string, metadata: object) => Token;
    stemmer(token: Token): Token;
  };
  namespace lunr {
    export type { Index };
  }
  export default lunr;
}
