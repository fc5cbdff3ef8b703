import type { Metadata } from 'next';
import { DatasetsList } from '../_data/datasets-list';

export const metadata: Metadata = { title: 'Data' };

export default function DataPage() {
  return <DatasetsList />;
}
