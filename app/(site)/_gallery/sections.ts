import type { GalleryEntry } from '@/lib/gallery/gallery-entry';

/** The gallery's sections, in the order in which they are shown. */
export const SECTIONS: Record<GalleryEntry['section'], { title: string; hint: string }> = {
  A: { title: 'Foundations', hint: 'one neuron to a network that trains' },
  B: { title: 'Vision', hint: 'pictures in, answers out' },
  C: { title: 'Generative', hint: 'networks that make things' },
  D: { title: 'Limits', hint: 'when it goes wrong, and why' },
  E: { title: 'Sequences and control', hint: 'one thing after another' },
};
