import type { Metadata } from 'next';
import { galleryCards } from '../_gallery/gallery-cards';
import { GallerySections } from '../_gallery/gallery-sections';
import classes from '../_home/home.module.css';

export const metadata: Metadata = { title: 'Gallery' };

export default function GalleryPage() {
  return (
    <main className={classes.main}>
      <div className={classes.head}>
        <h1>Gallery</h1>
      </div>
      <p className={classes.lead}>Networks that run as they are. Opening one makes a copy that is yours to change.</p>
      <GallerySections cards={galleryCards()} />
    </main>
  );
}
