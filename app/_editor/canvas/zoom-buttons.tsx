'use client';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { IconButton } from '@/app/_ui/icon-button';
import { flight } from '../actions/action';
import { zoomBy } from '../actions/zoom-by';
import classes from './canvas.module.css';

export function ZoomButtons() {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-right" className={classes.zoom ?? ''}>
      <IconButton label="Zoom out" onClick={() => zoomBy(flow, 'out')}>
        <IconMinus size={16} stroke={1.75} />
      </IconButton>
      <IconButton label="Zoom in" onClick={() => zoomBy(flow, 'in')}>
        <IconPlus size={16} stroke={1.75} />
      </IconButton>
      <IconButton
        label="Fit all"
        shortcut="Shift 1"
        onClick={() => void flow.fitView({ padding: 0.06, maxZoom: 1, duration: flight() })}
      >
        <IconMaximize size={16} stroke={1.75} />
      </IconButton>
    </Panel>
  );
}
