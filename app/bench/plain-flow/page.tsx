import { PlainFlow } from './plain-flow';

export const metadata = { title: 'Plain React Flow' };

/** The peer of `netloom bench editor`: React Flow with its own nodes and nothing else. */
export default function PlainFlowPage() {
  return <PlainFlow />;
}
