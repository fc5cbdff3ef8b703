import type { DatasetCard, DatasetField } from '@/lib/datasets/card';
import { featuresField, labelField } from '@/lib/datasets/fields';
import { splitRows } from '@/lib/datasets/split-rows';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type ColumnScan, isMissing, readRecords, scanTable, type TableScan } from './scan-table';
import {
  counted,
  dataProblem,
  quoted,
  refused,
  UPLOAD_LIMITS,
  type UploadLimits,
  type UploadResult,
} from './upload-result';

export interface TableOptions {
  /** Of the data set: `upload:<id>`. */
  id: string;
  title: string;
  filename: string;
  /** Column to predict. Default: the last one. */
  target?: string;
  /** Columns to leave out. */
  ignore?: string[];
  limits?: UploadLimits;
}

/** Text columns with at most this many different values become one column of 0 and 1 for each. */
const ONE_HOT = 20;
/** Whole numbers with at most this many different values are classes, if they are what is predicted. */
const NUMBER_CLASSES = 20;
const FEWEST_ROWS = 10;

/** How one column of the file becomes columns of `features`. */
interface FeaturePlan {
  at: number;
  names: string[];
  /** Values of a text column; absent for numbers. */
  values?: string[];
}

/**
 * Reads an uploaded CSV in two passes: `features` (float32, raw units) and either `label` (class) or `target` (number).
 * Rows with missing cells are left out and reported; text in a column of numbers is refused by row, column and value.
 */
export async function readUploadedTable(file: string, options: TableOptions): Promise<UploadResult> {
  const limits = options.limits ?? UPLOAD_LIMITS;
  const scanned = await scanTable(file, limits);
  if ('diagnostics' in scanned) return scanned;
  const { scan } = scanned;

  const names = scan.columns.map((column) => column.name);
  const target = options.target === undefined ? names.length - 1 : names.indexOf(options.target);
  if (target < 0)
    return refused(`There is no column ${quoted(options.target ?? '')}. Choose one of those in the table.`, {
      expected: names.slice(0, 20).join(', '),
    });
  const ignored = new Set((options.ignore ?? []).map((name) => names.indexOf(name)));
  const mixed = scan.columns.flatMap((column, at) => (ignored.has(at) ? [] : mixedCells(column)));
  if (mixed.length > 0) return { diagnostics: mixed.slice(0, 10) };

  const notes: Diagnostic[] = [];
  const plans = planFeatures(scan, target, ignored, notes);
  const width = plans.reduce((sum, plan) => sum + plan.names.length, 0);
  if (width === 0)
    return refused('No column is left to learn from. At least one with numbers or few different texts was expected.');
  if (width > limits.tableColumns)
    return refused(
      `With a column for each text value the table has ${counted(width)} columns; up to ${counted(limits.tableColumns)} are allowed.`,
      { code: 'limit' },
    );
  const classes = classesOf(scan.columns[target], limits);
  if (classes && 'message' in classes) return { diagnostics: [classes] };

  const read = await readRows(file, scan, plans, target, classes);
  if (read.skipped.length > 0) notes.push(missingNote(read.skipped, read.rows));
  if (read.rows < FEWEST_ROWS)
    return {
      diagnostics: [
        dataProblem(`The table has ${read.rows} complete rows. At least ${FEWEST_ROWS} were expected.`),
        ...notes,
      ],
    };

  const targetName = names[target] ?? '';
  const label = classes ? labelField(classes, targetName) : targetField(targetName, read.targets);
  const stratified = splitRows(read.rows, classes ? read.targets : undefined);
  const rows = stratified.validation.length > 0 ? stratified : splitRows(read.rows);
  const card: DatasetCard = {
    id: options.id,
    title: options.title,
    summary: `${counted(read.rows)} rows of ${width} ${width === 1 ? 'number' : 'numbers'}, ${classes ? `${classes.length} classes of ${quoted(targetName)}` : `predicting ${quoted(targetName)}`}. Raw units.`,
    fields: {
      features: featuresField(
        plans.flatMap((plan) => plan.names),
        extent(read.features),
      ),
      [classes ? 'label' : 'target']: label,
    },
    counts: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
    licence: 'Not stated: uploaded by a person',
    source: `Uploaded file ${options.filename}`,
  };
  const answers = classes
    ? { label: { data: Int32Array.from(read.targets), shape: [read.rows] } }
    : { target: { data: read.targets, shape: [read.rows, 1] } };
  return {
    dataset: { card, columns: { features: { data: read.features, shape: [read.rows, width] }, ...answers }, rows },
    notes,
  };
}

const isNumeric = (column: ColumnScan): boolean => column.numbers > 0 && column.numbers >= column.texts;

function mixedCells(column: ColumnScan): Diagnostic[] {
  const { firstText } = column;
  if (!isNumeric(column) || !firstText) return [];
  const others = column.texts > 1 ? ` (${counted(column.texts)} such cells in this column)` : '';
  return [
    dataProblem(
      `Row ${firstText.row}, column ${quoted(column.name)}: a number was expected, but the cell says ${quoted(firstText.value)}${others}. Correct the cell, empty it (the row is then left out), or leave the column out.`,
      { expected: 'a number such as 3.5', received: firstText.value.slice(0, 80) },
    ),
  ];
}

function planFeatures(scan: TableScan, target: number, ignored: Set<number>, notes: Diagnostic[]): FeaturePlan[] {
  return scan.columns.flatMap((column, at): FeaturePlan[] => {
    if (at === target || ignored.has(at)) return [];
    if (isNumeric(column)) return [{ at, names: [column.name] }];
    if (column.texts === 0) {
      notes.push(note(`Column ${quoted(column.name)} is empty and was left out.`));
      return [];
    }
    if (column.distinct.size > ONE_HOT) {
      notes.push(note(`Column ${quoted(column.name)} holds more than ${ONE_HOT} different texts and was left out.`));
      return [];
    }
    const values = [...column.distinct].sort();
    return [{ at, values, names: values.map((value) => `${column.name} = ${value}`) }];
  });
}

/** Names of the classes, in index order; null where the target is a number; a problem where there are too few or many. */
function classesOf(column: ColumnScan | undefined, limits: UploadLimits): string[] | null | Diagnostic {
  if (!column || column.numbers + column.texts === 0)
    return dataProblem('The column to predict is empty. Choose another one.');
  const { distinct } = column;
  const numeric = isNumeric(column);
  if (numeric && (!column.whole || distinct.size > NUMBER_CLASSES)) return null;
  if (distinct.size < 2)
    return dataProblem(
      `All rows have the same ${quoted(column.name)}: there is nothing to tell apart. Choose another column to predict.`,
    );
  if (distinct.size > limits.tableClasses)
    return dataProblem(
      `Column ${quoted(column.name)} has more than ${counted(limits.tableClasses)} different texts, too many for classes. Choose another column to predict.`,
      { code: 'limit' },
    );
  return [...distinct].sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
}

interface ReadRows {
  rows: number;
  features: Float32Array;
  targets: Float32Array;
  /** Rows left out, as a spreadsheet counts. */
  skipped: number[];
}

async function readRows(
  file: string,
  scan: TableScan,
  plans: FeaturePlan[],
  target: number,
  classes: string[] | null,
): Promise<ReadRows> {
  const width = plans.reduce((sum, plan) => sum + plan.names.length, 0);
  const features = new Float32Array(scan.rows * width);
  const targets = new Float32Array(scan.rows);
  const classIndex = classes && new Map(classes.map((name, index) => [name, index]));
  const skipped: number[] = [];
  let [row, rows] = [0, 0];
  for await (const record of readRecords(file, scan.delimiter)) {
    row++;
    if (row === 1 && scan.header) continue;
    if (isMissing(record[target] ?? '') || plans.some((plan) => isMissing(record[plan.at] ?? ''))) {
      skipped.push(row);
      continue;
    }
    let at = rows * width;
    for (const plan of plans) {
      const cell = record[plan.at] ?? '';
      if (plan.values) features[at + plan.values.indexOf(cell)] = 1;
      else features[at] = Number(cell);
      at += plan.names.length;
    }
    const answer = record[target] ?? '';
    targets[rows++] = classIndex ? (classIndex.get(answer) ?? 0) : Number(answer);
  }
  return { rows, features: features.slice(0, rows * width), targets: targets.slice(0, rows), skipped };
}

const note = (message: string): Diagnostic => dataProblem(message, { severity: 'info' });

function missingNote(skipped: number[], kept: number): Diagnostic {
  const shown = skipped.slice(0, 5).join(', ');
  return dataProblem(
    `${counted(skipped.length)} of ${counted(skipped.length + kept)} rows have empty cells and were left out (${skipped.length === 1 ? 'row' : 'rows'} ${shown}${skipped.length > 5 ? ', …' : ''}).`,
    { severity: skipped.length > kept ? 'warning' : 'info' },
  );
}

const targetField = (title: string, values: Float32Array): DatasetField => ({
  title,
  spec: { shape: ['batch', 1], dtype: 'float32', meaning: 'any', range: extent(values) },
  stored: 'float32',
});

function extent(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
