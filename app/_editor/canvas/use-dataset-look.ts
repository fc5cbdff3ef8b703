import { useQuery } from '@tanstack/react-query';
import { useEditor } from '../state/editor-context';

/** The first examples of a data set, asked for once. */
export function useDatasetLook(dataset: string) {
  const { services } = useEditor();
  return useQuery({
    queryKey: ['editor-preview', dataset],
    queryFn: () => services.preview(dataset),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: dataset !== '',
  });
}
