import type { Metadata } from 'next';
import { Overlays } from '@/app/_client/overlays';
import { RunPage } from '@/app/_runs/run-page';

export const metadata: Metadata = { title: 'Run' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <>
      <RunPage runId={id} />
      <Overlays />
    </>
  );
}
