import type { Metadata } from 'next';
import { GoOn } from './_documents/go-on';
import { galleryCards } from './_gallery/gallery-cards';
import { GallerySections } from './_gallery/gallery-sections';
import { DataSection } from './_home/data-section';
import { EnginePanel } from './_home/engine-panel';
import { firstDatasets } from './_home/first-datasets';
import { FirstSteps } from './_home/first-steps';
import classes from './_home/home.module.css';
import { HomeHead } from './_home/home-head';
import { StartFromData } from './_home/start-from-data';

export const metadata: Metadata = { title: { absolute: 'Netloom' } };

export default function HomePage() {
  const cards = galleryCards();
  const minis = Object.fromEntries(cards.map((card) => [card.id, card.mini]));
  return (
    <div className={classes.home}>
      <main className={classes.main}>
        <HomeHead count={cards.length} />
        <GallerySections cards={cards} limit={4} />
        <DataSection cards={firstDatasets()} />
      </main>
      <aside className={classes.aside} aria-label="Your work">
        <FirstSteps />
        <GoOn minis={minis} />
        <StartFromData />
        <EnginePanel />
      </aside>
    </div>
  );
}
