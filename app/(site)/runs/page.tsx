import type { Metadata } from 'next';
import { RunsTable } from '../_runs/runs-table';

export const metadata: Metadata = { title: 'Runs' };

export default function RunsPage() {
  return <RunsTable />;
}
