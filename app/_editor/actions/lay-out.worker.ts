import { type Drawing, layOut } from '../model/lay-out';

/**
 * Thousands of nodes take a second: the canvas goes on meanwhile. One drawing each: ELK's script takes the worker's
 * messages for its own once it is here.
 */
self.onmessage = ({ data }: MessageEvent<Drawing>) => {
  layOut(data).then(
    (places) => self.postMessage({ places }),
    (error: unknown) => self.postMessage({ problem: String(error) }),
  );
};
