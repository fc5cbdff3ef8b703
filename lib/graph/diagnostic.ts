import type { Command } from './command';
import type { EdgeId, GraphId, NodeId, PortId } from './document';

/** PROGRAMS section 6 and DECISIONS 6 say when each arises. */
export type DiagnosticCode =
  | 'document-invalid'
  | 'schema-newer'
  | 'dataset-missing'
  | 'limit'
  | 'data-invalid'
  | 'export-unsupported'
  | 'unknown-kind'
  | 'block-recursion'
  | 'cycle'
  | 'port-type'
  | 'input-missing'
  | 'shape-mismatch'
  | 'dtype-mismatch'
  | 'param-range'
  | 'expression'
  | 'not-live'
  | 'weights-differ'
  | 'weights-cycle'
  | 'no-loss'
  | 'no-training'
  | 'step-unused'
  | 'no-weights'
  | 'no-gradient-path'
  | 'weights-fought'
  | 'weights-untrained'
  | 'sharing-suggested'
  | 'batch-mismatch'
  | 'unpaired-fields'
  | 'epochs-without-data'
  | 'no-validation'
  | 'not-second-order'
  | 'wrt-not-upstream'
  | 'batchnorm-mixes-examples'
  | 'logits-expected'
  | 'label-range'
  | 'not-causal'
  | 'not-callable'
  | 'switch-index'
  | 'fold-in-update'
  | 'held-late'
  | 'unknown-static'
  | 'too-large'
  | 'memory-tight'
  | 'metric-foreign'
  | 'partial-batch'
  | 'order-lost'
  | 'name-clash'
  | 'asset-mismatch'
  | 'dead-node'
  | 'eager-segment';

export type Severity = 'error' | 'warning' | 'info';

/** The place of a problem. `graph` absent: the main graph. `path`: where inside instances, for the reader. */
export interface Place {
  graph?: GraphId;
  node?: NodeId;
  port?: PortId;
  param?: string;
  edge?: EdgeId;
  path?: string;
}

/** A command that mends the problem. `cost`: what it changes, such as `449,642 parameters`. */
export interface Fix {
  title: string;
  cost?: string;
  command: Command;
}

/** A mistake of the user's, as a value: what was expected, what came, and what to do. Plain sentences, no blame. */
export interface Diagnostic {
  code: DiagnosticCode;
  severity: Severity;
  message: string;
  at: Place;
  expected?: string;
  received?: string;
  fix?: Fix;
  /** Further fixes, after the first. */
  alternatives?: Fix[];
}
