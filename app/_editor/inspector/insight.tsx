'use client';
import { useMemo } from 'react';
import type { NodeInsight } from '@/lib/compile/result';
import type { Face, VariableDecl } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { formatBytes, formatFlops, formatSpec, grouped } from '../model/format';
import type { NodeView } from '../model/node-view';
import { useDocument, useUi, useView } from '../state/editor-context';
import { type Explanation, explainParameters, explainWindow } from './explain';
import classes from './inspector.module.css';

const NO_VARIABLES: readonly VariableDecl[] = [];

/** What a node does here, and how its numbers come about. */
export function Insight({ view, face }: { view: NodeView; face: Face }) {
  const graph = useUi((state) => state.graph);
  const insight = useDocument((state) => (graph === 'main' ? state.result?.nodes[view.id] : undefined));
  const batch = useDocument((state) => state.document.settings.batch);
  const env = useView((state) => state.env);
  const input = insight?.inputs.find((port) => port.type === 'tensor')?.specs[0] ?? null;
  const output = insight?.outputs.find((port) => port.type === 'tensor')?.spec ?? null;
  const variables = useMemo(() => {
    if (!insight || face.role !== 'op') return NO_VARIABLES;
    try {
      const inputs = Object.fromEntries(insight.inputs.map((port) => [port.id, port.specs]));
      return face.infer({ params: view.params, inputs, env }).variables ?? NO_VARIABLES;
    } catch {
      return NO_VARIABLES; // what is wrong stands in the problems
    }
  }, [insight, face, view.params, env]);
  const explanations = [explainParameters(view, variables, input), explainWindow(view, input, output)].filter(
    (part) => part !== null,
  );
  const teaches = explanations.length === 0 || face.makes === 'loss' || face.makes === 'step';
  const size = typeof batch === 'number' ? batch : 64;
  return (
    <>
      {insight && (face.makes === 'loss' || face.role === 'fold') && <Inputs insight={insight} view={view} />}
      {insight && face.role === 'op' && face.makes !== 'loss' && (
        <section className={classes.section}>
          <h5>What it does here</h5>
          <dl className={classes.figures}>
            <div>
              <dt>Output</dt>
              <dd className={classes.mono}>{formatSpec(output)}</dd>
            </div>
            <div>
              <dt>Parameters</dt>
              <dd>{grouped(insight.parameters)}</dd>
            </div>
            <div>
              <dt>Work per example</dt>
              <dd>{insight.flops ? formatFlops(insight.flops) : '–'}</dd>
            </div>
            <div>
              <dt>Memory, batch {size}</dt>
              <dd>{insight.activationBytes ? formatBytes(insight.activationBytes * size) : '–'}</dd>
            </div>
          </dl>
          {insight.receptiveField && <Sees field={insight.receptiveField} />}
        </section>
      )}
      {explanations.length > 0 && (
        <section className={classes.section}>
          <h5>How the numbers come about</h5>
          {explanations.map((part) => (
            <Part key={part.text} part={part} />
          ))}
        </section>
      )}
      {teaches && (
        <section className={classes.section}>
          <h5>What it does</h5>
          <p className={classes.teach}>{face.docs.text}</p>
          {face.docs.formula && <p className={classes.formula}>{face.docs.formula}</p>}
        </section>
      )}
    </>
  );
}

const Part = ({ part }: { part: Explanation }) => (
  <>
    <p className={classes.teach}>{part.text}</p>
    {part.sums.map(({ sum, result, rule }) => (
      <div key={rule} className={classes.sum}>
        {sum} = <b>{result}</b>
        <small>{rule}</small>
      </div>
    ))}
  </>
);

/** The window of the input picture that one output number looks at. */
function Sees({ field }: { field: readonly number[] }) {
  const picture = useInputPicture();
  const [rows = 0, columns = rows] = field;
  const [height, width] = picture ?? [rows, columns];
  if (rows <= 1 && columns <= 1) return null;
  const scale = 84 / Math.max(height, width);
  const [w, h] = [Math.min(columns, width) * scale, Math.min(rows, height) * scale];
  return (
    <div className={classes.sees}>
      <svg width="84" height="84" aria-hidden="true">
        <rect width="84" height="84" rx="2" fill="var(--nl-sunken)" stroke="var(--nl-line)" />
        <rect
          x={(84 - w) / 2}
          y={(84 - h) / 2}
          width={w}
          height={h}
          fill="color-mix(in oklab, var(--nl-tensor) 18%, transparent)"
          stroke="var(--nl-tensor)"
          strokeWidth="1.5"
        />
      </svg>
      <p>
        <b>
          Sees {rows} × {columns} pixels
        </b>
        {rows >= height && columns >= width
          ? `One output number looks at the whole ${height} × ${width} picture.`
          : `One output number looks at this part of the ${height} × ${width} picture.`}
      </p>
    </div>
  );
}

/** Height and width of the picture that the data set gives. */
function useInputPicture(): [number, number] | null {
  const result = useDocument((state) => state.result);
  return useMemo(() => {
    for (const insight of Object.values(result?.nodes ?? {})) {
      if (insight.inputs.length) continue;
      for (const { spec } of insight.outputs) {
        const picture = pictureSize(spec);
        if (picture) return picture;
      }
    }
    return null;
  }, [result]);
}

function pictureSize(spec: Spec | null): [number, number] | null {
  const [, height, width] = spec?.shape ?? [];
  return spec?.shape?.length === 4 && typeof height === 'number' && typeof width === 'number' ? [height, width] : null;
}

function Inputs({ insight, view }: { insight: NodeInsight; view: NodeView }) {
  const diagnostics = useDocument((state) => state.result?.diagnostics);
  const inputs = insight.inputs.filter((port) => port.type === 'tensor' && (!port.optional || port.specs.length));
  if (!inputs.length) return null;
  return (
    <section className={classes.section}>
      <h5>Inputs</h5>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>port</th>
            <th>expects</th>
            <th>gets</th>
          </tr>
        </thead>
        <tbody>
          {inputs.map((port) => {
            const wrong = diagnostics?.find(
              ({ at, severity }) => at.node === view.id && at.port === port.id && severity === 'error',
            );
            return (
              <tr key={port.id} data-wrong={wrong ? true : undefined}>
                <td>{port.title.toLowerCase()}</td>
                <td>{wrong?.expected ?? (port.specs[0] ? port.specs[0].meaning : 'a tensor')}</td>
                <td>{port.specs[0] ? formatSpec(port.specs[0]) : 'nothing yet'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
