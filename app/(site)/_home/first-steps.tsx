'use client';

import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { endTour, TOUR_QUERY, tourIsOver } from '@/app/_editor/tour/tour-memory';
import { Panel } from '@/app/_ui/panel';
import { useCreateDocument } from '../_documents/use-create-document';
import classes from './home.module.css';

/** For who is here for the first time: a network in three clicks. Gone once the tour was taken or declined. */
export function FirstSteps() {
  const [shown, setShown] = useState(false);
  const create = useCreateDocument(`?${TOUR_QUERY}`);
  // The server cannot know what this browser remembers.
  useEffect(() => setShown(!tourIsOver()), []);
  if (!shown) return null;
  const decline = () => {
    endTour();
    setShown(false);
  };
  return (
    <Panel title="First time here?">
      <div className={classes.first}>
        <p>Train a network in three clicks, and see why it works. Nothing to install, nothing to break.</p>
        <div className={classes.dropActions}>
          <Button
            variant="filled"
            leftSection={<IconBolt size={14} stroke={1.75} />}
            loading={create.isPending}
            onClick={() => create.mutate({ gallery: 'linear-vs-nonlinear' })}
          >
            Show me
          </Button>
          <Button variant="subtle" color="gray" onClick={decline}>
            No, thanks
          </Button>
        </div>
      </div>
    </Panel>
  );
}
