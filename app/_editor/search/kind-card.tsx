'use client';
import { Tile } from '@/app/_ui/tile';
import { CurveDrawing, KernelDrawing, makesColor } from '../canvas/drawings';
import { formatSpec, grouped } from '../model/format';
import { kindDocs, useCatalogue } from '../model/kind-catalogues';
import { KindIcon } from '../model/kind-icon';
import { plainParams } from '../model/ports-of';
import type { OpenWire } from '../state/ui-store';
import type { Hit } from './search-kinds';
import classes from './search-popover.module.css';
import { StackDrawing } from './stack-drawing';

/** Explains the kind that is chosen: what it does, what comes out, what it costs. */
export function KindCard({ hit, wire }: { hit: Hit; wire: OpenWire | null }) {
  const { face } = hit;
  const ofKind = useCatalogue(kindDocs)?.[face.id];
  const docs = hit.docs ?? ofKind;
  const color = face.makes === 'layer' ? 'var(--nl-tensor)' : makesColor(face.makes);
  const picture = wire?.spec?.shape?.length === 4;
  return (
    <>
      <div className={classes.cardHead}>
        <Tile
          color={face.makes}
          solid={face.learns === true || (face.makes !== 'layer' && face.makes !== 'op')}
          size={24}
        >
          <KindIcon name={face.icon} size={17} />
        </Tile>
        <b>{face.title}</b>
      </div>
      {picture && hit.result && wire?.spec ? (
        <StackDrawing from={wire.spec} result={hit.result} color={color} />
      ) : face.body?.draw === 'kernel' ? (
        <div className={classes.drawing}>
          <KernelDrawing params={plainParams({ params: {} }, face, {})} color={color} stretch={!face.learns} />
        </div>
      ) : face.body?.draw === 'curve' ? (
        <div className={classes.drawing}>
          <CurveDrawing fn={face.body.fn} params={plainParams({ params: {} }, face, {})} color={color} />
        </div>
      ) : null}
      <p className={classes.says}>{docs?.text ?? face.summary}</p>
      {(hit.result || hit.adds !== null) && (
        <dl className={classes.figures}>
          <div>
            <dt>Result</dt>
            <dd className={classes.mono}>{hit.result || '–'}</dd>
          </div>
          <div>
            <dt>Adds</dt>
            <dd>{hit.adds === null ? '–' : `${grouped(hit.adds)} ${hit.adds === 1 ? 'parameter' : 'parameters'}`}</dd>
          </div>
        </dl>
      )}
      {docs?.formula && <p className={classes.formula}>{docs.formula}</p>}
      {wire?.spec && hit.result === formatSpec(wire.spec) && (
        <p className={classes.quietText}>The shape stays as it is.</p>
      )}
    </>
  );
}
