import { DocumentEditor } from '@/app/_editor/document-editor';

export const metadata = { title: 'Editor' };

export default async function DocumentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <DocumentEditor key={id} documentId={id} />;
}
