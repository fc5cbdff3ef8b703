import { Skeleton } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import classes from './pictures-picture.module.css';

/** Stands where a card's picture is still on its way, or where its data are not on this machine. */
export function PictureSkeleton({ failed }: { failed: boolean }) {
  if (!failed) return <Skeleton height={112} radius={0} component="span" display="block" />;
  return (
    <span className={classes.wait}>
      <IconDatabaseOff size={24} stroke={1.5} />
    </span>
  );
}
