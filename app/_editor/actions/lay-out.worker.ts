import { type Drawing, layOut } from '../model/lay-out';

/** Thousands of nodes take a second: the canvas goes on meanwhile. */
self.onmessage = ({ data }: MessageEvent<Drawing>) => self.postMessage(layOut(data));
