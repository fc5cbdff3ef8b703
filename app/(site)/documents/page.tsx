import type { Metadata } from 'next';
import { DocumentsTable } from '../_documents/documents-table';
import { galleryCards } from '../_gallery/gallery-cards';

export const metadata: Metadata = { title: 'My documents' };

export default function DocumentsPage() {
  const minis = Object.fromEntries(galleryCards().map((card) => [card.id, card.mini]));
  return <DocumentsTable minis={minis} />;
}
