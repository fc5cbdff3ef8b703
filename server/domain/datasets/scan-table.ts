import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { counted, dataProblem, quoted, type UploadLimits } from './upload-result';

/** What a first pass over an uploaded table finds out about one column. */
export interface ColumnScan {
  name: string;
  numbers: number;
  texts: number;
  missing: number;
  /** All numbers are whole. */
  whole: boolean;
  /** The first cell that is no number; `row` as a spreadsheet counts. */
  firstText?: { row: number; value: string };
  /** Different cells, at most one more than the limit of classes. */
  distinct: Set<string>;
}

export interface TableScan {
  delimiter: string;
  header: boolean;
  columns: ColumnScan[];
  rows: number;
}

const RECORD_BYTES = 1024 * 1024;
const MISSING = new Set(['', '?', 'na', 'n/a', 'nan', 'null']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());
export const isNumber = (cell: string): boolean => NUMBER.test(cell) && Number.isFinite(Number(cell));

/** Reads a table once, row by row: delimiter, header, types of columns. Memory does not grow with the rows. */
export async function scanTable(
  file: string,
  limits: UploadLimits,
): Promise<{ scan: TableScan } | { diagnostics: Diagnostic[] }> {
  const start = await firstBytes(file);
  if (start.length === 0) return fail('The file is empty. A table with a header row was expected.');
  if (start.includes(0)) return fail('This is not a text table. Save it as CSV in UTF-8 and upload that.');
  const firstLine = (start.toString('utf8').split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const delimiter = guessDelimiter(firstLine);
  // Told from the first bytes alone: a parser would take seconds over a million columns.
  if (firstLine.split(delimiter).length > limits.tableColumns) return tooManyColumns(limits);

  const head: string[][] = [];
  let columns: ColumnScan[] | null = null;
  let rows = 0;
  let header = false;
  try {
    for await (const record of readRecords(file, delimiter)) {
      rows++;
      if (rows === 1) {
        if (record.length > limits.tableColumns) return tooManyColumns(limits);
        if (record.length < 2)
          return fail(
            'The table has one column only. At least one column to learn from and one to predict were expected.',
            {
              expected: 'columns separated by commas, semicolons or tabs',
              received: quoted(record[0] ?? ''),
            },
          );
      }
      const [first = []] = head;
      if (head.length > 0 && record.length !== first.length)
        return fail(
          `Row ${rows} has ${cells(record.length)}, but the first row has ${first.length}. Check its commas and quotes.`,
          { expected: cells(first.length), received: cells(record.length) },
        );
      if (rows > limits.tableRows + 1)
        return fail(`The table has more than ${counted(limits.tableRows)} rows. Upload a part of it.`, {
          code: 'limit',
        });
      if (head.length < 50) head.push(record);
      else {
        if (!columns) ({ columns, header } = startColumns(head, limits));
        addRow(columns, record, rows, limits);
      }
    }
  } catch (error) {
    if (error instanceof CsvError) return { diagnostics: [csvProblem(error, rows, limits)] };
    throw error;
  }
  if (!columns) ({ columns, header } = startColumns(head, limits));
  return { scan: { delimiter, header, columns, rows: header ? rows - 1 : rows } };
}

const cells = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);

/** Rows of a delimited text file as trimmed cells. */
export async function* readRecords(file: string, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: RECORD_BYTES,
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser) yield record as string[];
  } finally {
    source.destroy();
  }
}

/** The first row is a header if no cell of it is a number and some column below it is numeric, or all its cells differ. */
function startColumns(head: string[][], limits: UploadLimits): { columns: ColumnScan[]; header: boolean } {
  const [first = [], ...rest] = head;
  const texts = first.every((cell) => !isNumber(cell));
  const numericBelow = first.some((_, column) => rest.some((record) => isNumber(record[column] ?? '')));
  const header = texts && rest.length > 0 && (numericBelow || new Set(first).size === first.length);
  const used = new Map<string, number>();
  const columns = first.map((cell, at): ColumnScan => {
    const wanted = (header && cell) || `column ${at + 1}`;
    const times = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, times);
    const name = times === 1 ? wanted : `${wanted} (${times})`;
    return { name, numbers: 0, texts: 0, missing: 0, whole: true, distinct: new Set() };
  });
  for (const [at, record] of head.entries()) if (!header || at > 0) addRow(columns, record, at + 1, limits);
  return { columns, header };
}

function addRow(columns: ColumnScan[], record: string[], row: number, limits: UploadLimits): void {
  for (const [at, column] of columns.entries()) {
    const cell = record[at] ?? '';
    if (isMissing(cell)) {
      column.missing++;
      continue;
    }
    if (isNumber(cell)) {
      column.numbers++;
      column.whole &&= Number.isInteger(Number(cell));
    } else {
      column.texts++;
      column.firstText ??= { row, value: cell };
    }
    if (column.distinct.size <= limits.tableClasses) column.distinct.add(cell);
  }
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whichever of these stands most often in the first line. */
function guessDelimiter(line: string): string {
  const times = (mark: string) => line.split(mark).length;
  return [',', ';', '\t', '|'].reduce((best, mark) => (times(mark) > times(best) ? mark : best));
}

function csvProblem(error: CsvError, rows: number, limits: UploadLimits): Diagnostic {
  const row = rows + 1;
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return dataProblem(
      `Row ${row} is longer than 1 MB: either a quote is never closed, or it has far more than the ${counted(limits.tableColumns)} columns that are allowed.`,
      { code: 'limit' },
    );
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return dataProblem('A quote is opened and never closed. Close it, or double the quotes inside cells.');
  return dataProblem(`Row ${row} cannot be read: a quote stands in the wrong place. Put the whole cell into quotes.`);
}

const fail = (...problem: Parameters<typeof dataProblem>) => ({ diagnostics: [dataProblem(...problem)] });

const tooManyColumns = (limits: UploadLimits) =>
  fail(`The table has more than ${counted(limits.tableColumns)} columns, which is the limit. Leave some out.`, {
    code: 'limit',
    expected: `at most ${counted(limits.tableColumns)} columns`,
  });
