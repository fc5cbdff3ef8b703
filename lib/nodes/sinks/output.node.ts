import { keyField } from '../common/metric-key';
import type { Face, Infer, KindDocs, KindExample } from '../kind';

export const face: Face = {
  id: 'output',
  version: 1,
  title: 'Output',
  summary: 'Names what the finished model gives.',
  category: 'sinks',
  makes: 'metric',
  role: 'output',
  aliases: ['model', 'result', 'export', 'prediction', 'function'],
  icon: 'package-export',
  fields: { key: { ...keyField('output'), essential: true, title: 'Name' } },
  inputs: [
    { id: 'x', title: 'Value', type: 'tensor' },
    { id: 'inputs', title: 'Starts at', type: 'tensor', optional: true, variadic: true },
  ],
  outputs: [],
  oftenNext: [],
};

export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Everything from the data to this wire becomes a function that can be exported and used elsewhere. It starts at the data, or at the wires that are given as starts.',
};

export const examples: KindExample[] = [
  {
    title: 'Class probabilities',
    inputs: { x: [{ shape: ['batch', 10], dtype: 'float32', meaning: 'probabilities' }] },
  },
];
