/** Milliseconds that work waits at most for a picture: a page in the background draws none. */
const LONGEST = 2_000;

/** Resolves when what has just been rendered is drawn, and the page has time: for what the picture does not need. */
export const afterPicture = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LONGEST);
    if (typeof requestAnimationFrame !== 'function') return;
    // The canvas learns its size in the first frame, and draws its nodes in the next.
    requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => resolve())));
  });
