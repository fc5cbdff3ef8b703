'use client';

import type { EntryThumbnail } from '@/lib/gallery/gallery-entry';
import { BandPicture } from './band-picture';
import { CartPicture } from './cart-picture';
import { CatchPicture } from './catch-picture';
import { NeuronPicture } from './neuron-picture';
import { PicturesPicture } from './pictures-picture';
import { PointsPicture } from './points-picture';
import { TextPicture } from './text-picture';
import { WavePicture } from './wave-picture';

/** The drawing of a gallery card, from the closed set of `EntryThumbnail`. `from`: first picture, so that cards differ. */
export function EntryPicture({ thumbnail, from = 0 }: { thumbnail: EntryThumbnail; from?: number }) {
  if (thumbnail.draw === 'neuron') return <NeuronPicture inputs={thumbnail.inputs} output={thumbnail.output} />;
  if (thumbnail.draw === 'points') return <PointsPicture dataset={thumbnail.dataset} boundary={thumbnail.boundary} />;
  if (thumbnail.draw === 'wave') return <WavePicture dataset={thumbnail.dataset} />;
  if (thumbnail.draw === 'cart') return <CartPicture />;
  if (thumbnail.draw === 'catch') return <CatchPicture />;
  if (thumbnail.draw === 'band') return <BandPicture />;
  if (thumbnail.draw === 'text') return <TextPicture lines={thumbnail.lines} />;
  return <PicturesPicture dataset={thumbnail.dataset} from={from} />;
}
