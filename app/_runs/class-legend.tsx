import { classHue } from '@/app/_pictures/class-colors';
import classes from './sample-panel.module.css';

/** Which colour stands for which class. */
export function ClassLegend({ names }: { names: readonly string[] }) {
  return (
    <div className={classes.legend}>
      {names.map((name, index) => (
        <span key={name} className={classes.key} style={{ ['--c' as string]: `var(${classHue(index)})` }}>
          {name}
        </span>
      ))}
    </div>
  );
}
