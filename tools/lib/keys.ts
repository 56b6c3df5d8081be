/** Calls back for single key presses; returns how to give the terminal back. Ctrl-C arrives as `ctrl-c`. */
export function listenToKeys(onKey: (key: string) => void): () => void {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return () => undefined;
  const handleData = (data: Buffer) => {
    for (const character of data.toString()) onKey(character === '\u0003' ? 'ctrl-c' : character);
  };
  process.stdin.setRawMode(true).resume().on('data', handleData);
  return () => {
    process.stdin.off('data', handleData).setRawMode(false).pause();
  };
}
