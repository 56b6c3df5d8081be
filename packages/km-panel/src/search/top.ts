/** The documents with the `count` highest scores above 0, best first; of equals the earlier. */
export function best(scores: Float32Array, count: number): number[] {
  const worse = (a: number, b: number): boolean =>
    scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);
  const heap: number[] = [];
  for (let document = 0; document < scores.length; document++) {
    if (!(scores[document]! > 0)) continue;
    if (heap.length < count) push(heap, document, worse);
    else if (worse(heap[0]!, document)) replaceRoot(heap, document, worse);
  }
  return heap.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

type Worse = (a: number, b: number) => boolean;

function push(heap: number[], item: number, worse: Worse): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!worse(item, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}

function replaceRoot(heap: number[], item: number, worse: Worse): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && worse(heap[child + 1]!, heap[child]!)) child += 1;
    if (!worse(heap[child]!, item)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = item;
}
