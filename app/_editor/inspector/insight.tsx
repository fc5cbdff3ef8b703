'use client';
import { useMemo } from 'react';
import { decodeBase64 } from '@/app/_pictures/decode-base64';
import { Picture } from '@/app/_pictures/picture';
import type { NodeInsight } from '@/lib/compile/result';
import type { Face, VariableDecl } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { useDatasetLook } from '../canvas/use-dataset-look';
import { formatBytes, formatFlops, formatSpec, grouped } from '../model/format';
import { kindDocs, kindInfers, useCatalogue } from '../model/kind-catalogues';
import type { NodeView } from '../model/node-view';
import { useDocument, useUi, useView } from '../state/editor-context';
import { type Explanation, explainParameters, explainWindow } from './explain';
import classes from './inspector.module.css';

const NO_VARIABLES: readonly VariableDecl[] = [];

/** What a node does here, and how its numbers come about. */
export function Insight({ view, face }: { view: NodeView; face: Face }) {
  const graph = useUi((state) => state.graph);
  const docs = useCatalogue(kindDocs)?.[face.id];
  const infer = useCatalogue(kindInfers)?.[face.id]?.infer;
  const insight = useDocument((state) => (graph === 'main' ? state.result?.nodes[view.id] : undefined));
  const batch = useDocument((state) => state.document.settings.batch);
  const env = useView((state) => state.env);
  const input = insight?.inputs.find((port) => port.type === 'tensor')?.specs[0] ?? null;
  const output = insight?.outputs.find((port) => port.type === 'tensor')?.spec ?? null;
  const variables = useMemo(() => {
    if (!insight || !infer || face.role !== 'op') return NO_VARIABLES;
    try {
      const inputs = Object.fromEntries(insight.inputs.map((port) => [port.id, port.specs]));
      return infer({ params: view.params, inputs, env }).variables ?? NO_VARIABLES;
    } catch {
      return NO_VARIABLES; // what is wrong stands in the problems
    }
  }, [insight, face, infer, view.params, env]);
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
      {teaches && docs && (
        <section className={classes.section}>
          <h5>What it does</h5>
          <p className={classes.teach}>{docs.text}</p>
          {docs.formula && <p className={classes.formula}>{docs.formula}</p>}
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
  const { height, width } = picture ?? { height: rows, width: columns };
  if (rows <= 1 && columns <= 1) return null;
  const scale = 84 / Math.max(height, width);
  const [w, h] = [Math.min(columns, width) * scale, Math.min(rows, height) * scale];
  return (
    <div className={classes.sees}>
      <div className={classes.window} style={{ width: width * scale, height: height * scale }}>
        {picture && <FirstPicture dataset={picture.dataset} />}
        <svg width={width * scale} height={height * scale} aria-hidden="true">
          <rect
            x={(width * scale - w) / 2 + 0.75}
            y={(height * scale - h) / 2 + 0.75}
            width={w - 1.5}
            height={h - 1.5}
            fill="color-mix(in oklab, var(--nl-tensor) 18%, transparent)"
            stroke="var(--nl-tensor)"
            strokeWidth="1.5"
          />
        </svg>
      </div>
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

/** The first example of a data set, where it has pictures. */
function FirstPicture({ dataset }: { dataset: string }) {
  const { data } = useDatasetLook(dataset);
  const pictures = useMemo(
    () => (data?.images ? { bytes: decodeBase64(data.images.pixels), shape: data.images.shape } : null),
    [data],
  );
  return pictures && <Picture pictures={pictures} index={0} label="An example" />;
}

interface InputPicture {
  height: number;
  width: number;
  dataset: string;
}

/** Size of the picture that the data set gives, and which data set that is. */
function useInputPicture(): InputPicture | null {
  const result = useDocument((state) => state.result);
  const nodes = useDocument((state) => state.document.graph.nodes);
  return useMemo(() => {
    for (const [id, insight] of Object.entries(result?.nodes ?? {})) {
      if (insight.inputs.some(({ specs }) => specs.length)) continue;
      for (const { spec } of insight.outputs) {
        const size = pictureSize(spec);
        if (size) return { ...size, dataset: String(nodes[id]?.params.dataset ?? '') };
      }
    }
    return null;
  }, [result, nodes]);
}

function pictureSize(spec: Spec | null): { height: number; width: number } | null {
  const [, height, width] = spec?.shape ?? [];
  return spec?.shape?.length === 4 && typeof height === 'number' && typeof width === 'number'
    ? { height, width }
    : null;
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
