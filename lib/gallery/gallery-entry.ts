import type { Document, NodeId } from '@/lib/graph/document';

/** What a card of the home page shows; drawn by the page from this closed set. */
export type EntryThumbnail =
  /** One neuron: numbers coming in, a number going out. */
  | { draw: 'neuron'; inputs: string[]; output: string }
  /** Points of a data set over the two sides of a boundary. */
  | { draw: 'points'; dataset: string; boundary: 'line' | 'curve' }
  /** A data set of one number from one number, as points with a curve through them. */
  | { draw: 'wave'; dataset: string }
  /** A grid of pictures of a data set. */
  | { draw: 'pictures'; dataset: string }
  /** A pole on a cart. */
  | { draw: 'cart' }
  /** A ball over a paddle, as pixels. */
  | { draw: 'catch' }
  /** A curve whose uncertainty grows away from the data. */
  | { draw: 'band' }
  /** What a network writes. */
  | { draw: 'text'; lines: string[] };

/** A paragraph of a lesson; `nodes` of the document light up while it is read. */
export interface LessonStep {
  text: string;
  nodes?: NodeId[];
}

/** A gallery entry is one folder `lib/gallery/<id>/` whose `entry.ts` exports `entry`. Results: GALLERY.md. */
export interface GalleryEntry {
  id: string;
  title: string;
  /** Foundations, vision, generative, limits, sequences and control. */
  section: 'A' | 'B' | 'C' | 'D' | 'E';
  /** A few words under the title. */
  summary: string;
  /** How long the lesson takes. */
  minutes: number;
  document: Document;
  thumbnail: EntryThumbnail;
  lesson: LessonStep[];
}
