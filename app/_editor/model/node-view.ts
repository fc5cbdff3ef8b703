import type { Json } from '@/lib/base/json';
import type { NodeInsight } from '@/lib/compile/result';
import type { Diagnostic, Severity } from '@/lib/graph/diagnostic';
import type { Node, NodeId, NodeLayout, PortId } from '@/lib/graph/document';
import type { PortType } from '@/lib/graph/port-type';
import type { Ports } from '@/lib/nodes/common/ports';
import type { Body, Face, FaceEnv, Makes, PlainParams, PortFace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { formatCount, formatParam, formatSpec, grouped } from './format';
import { measureText } from './measure-text';
import { baseName } from './name-node';
import { nodePorts, plainParams } from './ports-of';

export type Side = 'in' | 'out';

/** Where a port stands: on the header's middle, on a row of its own, beside the footer, or in the drawer below. */
export type PortPlace = 'header' | 'row' | 'footer' | 'drawer';

export interface PortView {
  id: PortId;
  /** React Flow's handle: the port's id, or `steps#1` for one wire of a variadic port with a row each. */
  handle: string;
  side: Side;
  type: PortType;
  title: string;
  place: PortPlace;
  /** From the node's left upper corner, in pixels at 100 %. */
  x: number;
  y: number;
  wired: boolean;
  variadic: boolean;
  optional: boolean;
  spec: Spec | null;
}

export interface RowView {
  /** Caption at the left, such as a port's title or `image above`. */
  left: string;
  right: string;
  tone: 'label' | 'quiet' | 'number' | 'error';
}

export interface FieldView {
  key: string;
  label: string;
  value: string;
}

/** Everything that a node card draws; changes identity only when something visible changed. */
export interface NodeView {
  id: NodeId;
  kind: string;
  known: boolean;
  title: string;
  /** The node's own name where it says more than the title. */
  name: string;
  fullName: string;
  /** Title and, where it says more, name: what it is called aloud. */
  label: string;
  icon: string;
  makes: Makes;
  learns: boolean;
  role: Face['role'] | 'unknown' | 'ends';
  params: PlainParams;
  body: Body | null;
  rows: RowView[];
  fields: FieldView[];
  ports: PortView[];
  footer: { left: string; right: string } | null;
  /** Where the sections begin, from the top. */
  at: { rows: number; body: number; fields: number; footer: number };
  width: number;
  height: number;
  problem: { severity: Severity; message: string; count: number } | null;
  muted: boolean;
  bypassed: boolean;
  frozen: boolean;
  collapsed: boolean;
  shares: boolean;
}

export const HEADER = 32;
export const ROW = 24;
const FIELD = 20;
const FOOTER = 24;
const NARROWEST = 120;
const WIDEST = 272;

export interface ViewContext {
  env: FaceEnv;
  scope: Record<string, Json>;
  /** Ports of this node that have a wire, with how many. */
  wiredIn: ReadonlyMap<PortId, readonly WireEnd[]>;
  wiredOut: ReadonlySet<PortId>;
  problems: readonly Diagnostic[];
}

/** The other end of a wire, for rows that name it ("1 Adam"). */
export interface WireEnd {
  edge: string;
  title: string;
  /** The node's own name. */
  name: string;
}

/** What a node shows and how big it is. Pure; `insight` is absent until the first compile. */
export function viewNode(
  id: NodeId,
  node: Node,
  face: Face | undefined,
  layout: NodeLayout | undefined,
  insight: NodeInsight | undefined,
  context: ViewContext,
): NodeView {
  const params = face ? plainParams(node, face, context.scope) : {};
  const listed = withWired(face ? nodePorts(node, face, params, context.env) : NO_PORTS, context);
  const title = titleOf(node, face, params, context.env);
  const problem = worst(context.problems);
  const collapsed = layout?.collapsed === true;
  const head = headerPorts(listed, face);
  const role = face?.role ?? 'unknown';
  const draft = new Draft(listed, insight, context, head, role);

  const listedFields = essentials(node, face, params, role);
  // Beside a drawing there is room for three.
  const fields = face?.body?.draw === 'kernel' ? listedFields.slice(0, 3) : listedFields;
  const rows = collapsed ? [] : draft.rows(node, face, params);
  const body = collapsed || (face?.body?.draw === 'thumbnails' && role !== 'dataset') ? null : (face?.body ?? null);
  const bodyHeight = body ? heightOf(body, fields.length) : 0;
  const beside = body?.draw === 'kernel';
  const fieldsHeight = collapsed || beside || !fields.length ? 0 : 8 + FIELD * fields.length;
  const shares = context.wiredIn.has('weights') && face?.learns === true;
  const footer = collapsed ? null : footerOf(role, node, face, params, insight, draft.firstOutput(), problem, shares);

  const at = { rows: HEADER, body: HEADER, fields: HEADER, footer: HEADER };
  let y = HEADER;
  const rowsHeight = draft.rowCount * ROW + (role === 'dataset' && draft.rowCount ? 8 : 0);
  if (role === 'dataset') {
    at.body = y;
    y += bodyHeight;
    at.rows = y + (draft.rowCount ? 4 : 0);
    y += rowsHeight;
    at.fields = y;
    y += fieldsHeight;
  } else {
    at.rows = y;
    y += rowsHeight;
    at.body = y;
    y += bodyHeight;
    at.fields = y;
    y += fieldsHeight;
    if (draft.rowCount && fieldsHeight) y += 5; // the line between ports and fields
    if (draft.rowCount && !fieldsHeight && !footer) y += 8;
  }
  at.footer = y;
  if (footer) y += FOOTER;
  const height = Math.max(y, HEADER);

  const name = node.name && node.name !== baseName(node.kind) && node.name !== title.toLowerCase() ? node.name : '';
  const width = widthOf({
    title,
    name: role === 'dataset' ? sizeOf(params, context.env) : name,
    rows,
    fields,
    body,
    footer,
    collapsed,
  });
  return {
    id,
    kind: node.kind,
    known: face !== undefined,
    title,
    name: role === 'dataset' ? sizeOf(params, context.env) : node.muted ? 'off' : name,
    fullName: node.name || title,
    label: name ? `${title} ${name}` : title,
    icon: face?.icon ?? 'help-hexagon',
    makes: face?.makes ?? 'op',
    learns: face?.learns === true || filled(face),
    role,
    params,
    body,
    rows,
    fields: collapsed ? [] : fields,
    ports: draft.place(width, height, at.rows, collapsed),
    footer,
    at,
    width,
    height,
    problem,
    muted: node.muted === true,
    bypassed: node.bypassed === true,
    frozen: node.frozen === true,
    collapsed,
    shares,
  };
}

/** Sources, losses and all that is no layer or op wear a filled tile too; it is layers and ops that the fill tells apart. */
const filled = (face: Face | undefined): boolean => face !== undefined && face.makes !== 'layer' && face.makes !== 'op';

/** The one required input and the first output sit on the header's middle, so that a row is one straight thread. */
function headerPorts(ports: Ports, face: Face | undefined): { input?: PortId; output?: PortId } {
  const needed = ports.inputs.filter((port) => !port.optional && port.type !== 'weights');
  const input = face?.role !== 'training' && needed.length === 1 ? needed[0]?.id : undefined;
  const output = ports.outputs.find((port) => port.type !== 'weights')?.id;
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) };
}

/** Numbers that schedules drive stand above the other rows of an optimizer. */
const rank = (port: PortFace): number => (port.id.startsWith('param:') ? 0 : 1);

/** Collects rows while ports are sorted into places; identity matters because both walks must agree. */
class Draft {
  rowCount = 0;
  private readonly views: (Omit<PortView, 'x' | 'y'> & { row: number })[] = [];

  constructor(
    private readonly ports: Ports,
    private readonly insight: NodeInsight | undefined,
    private readonly context: ViewContext,
    private readonly head: { input?: PortId; output?: PortId },
    private readonly role: Face['role'] | 'unknown',
  ) {}

  firstOutput(): Spec | null {
    return this.insight?.outputs.find((port) => port.id === this.head.output)?.spec ?? null;
  }

  rows(node: Node, face: Face | undefined, params: PlainParams): RowView[] {
    const rows: RowView[] = [];
    const promotedFirst = [...this.ports.inputs].sort((a, b) => rank(a) - rank(b));
    const follows = this.role === 'optimizer' || this.role === 'average' || face?.learns === true;
    for (const port of promotedFirst) {
      if (port.id === this.head.input) continue;
      const wires = this.context.wiredIn.get(port.id) ?? [];
      if (this.hides(port, wires.length > 0) || (port.type === 'weights' && !follows)) continue;
      if (port.variadic && this.role === 'training') {
        wires.forEach((wire, index) => {
          this.add(port, 'in', `${port.id}#${index}`, rows.length, true);
          rows.push({ left: `${index + 1}  ${wire.title}`, right: 'each batch', tone: 'quiet' });
        });
        this.add(port, 'in', port.id, rows.length, false);
        rows.push({ left: wires.length ? 'add a step' : 'steps', right: '', tone: 'label' });
        continue;
      }
      this.add(port, 'in', port.id, rows.length, wires.length > 0);
      rows.push(this.describe(port, wires, face, params));
    }
    this.liveRows(node, face, params, rows);
    let row = this.role === 'dataset' ? 0 : rows.length;
    if (this.role !== 'dataset') row = 0;
    for (const port of this.ports.outputs) {
      if (port.id === this.head.output || this.hidesOutput(port)) continue;
      const there = rows[row];
      if (there && !there.right && this.role !== 'training') there.right = port.title.toLowerCase();
      else {
        const first = this.role === 'dataset' && rows.length === 0 ? `${this.mainOutput()} above` : '';
        rows.push({ left: first, right: port.title.toLowerCase(), tone: 'label' });
        row = rows.length - 1;
      }
      this.add(port, 'out', port.id, row, this.context.wiredOut.has(port.id));
      row++;
    }
    this.rowCount = rows.length;
    return rows;
  }

  /** Essential live numbers of optimizers stand among the ports, because a schedule may take them over. */
  private liveRows(node: Node, face: Face | undefined, params: PlainParams, rows: RowView[]): void {
    if (this.role !== 'optimizer' || !face) return;
    for (const [key, field] of Object.entries(face.fields)) {
      if (!field.essential || !('live' in field) || node.promoted?.includes(key)) continue;
      rows.unshift({ left: field.title.toLowerCase(), right: formatParam(field, params[key] ?? null), tone: 'quiet' });
      for (const view of this.views) if (view.place === 'row') view.row++;
    }
  }

  private describe(port: PortFace, wires: readonly WireEnd[], face: Face | undefined, params: PlainParams): RowView {
    const title = port.title.toLowerCase();
    if (port.id.startsWith('param:')) {
      const field = face?.fields[port.id.slice('param:'.length)];
      const value = params[port.id.slice('param:'.length)];
      return { left: title, right: field && value !== undefined ? formatParam(field, value) : '', tone: 'number' };
    }
    if (port.type === 'weights' && face?.learns)
      return { left: 'same weights as', right: wires[0]?.name ?? '', tone: 'label' };
    if (port.type === 'weights') {
      return {
        left: 'updates',
        right: wires.length ? wires.map((wire) => wire.title).join(', ') : 'all weights',
        tone: 'label',
      };
    }
    const wrong = this.context.problems.find((problem) => problem.at.port === port.id && problem.severity === 'error');
    const spec = this.specOf(port, 'in');
    if (wrong) return { left: title, right: spec ? formatSpec(spec) : '', tone: 'error' };
    if (this.role === 'training')
      return { left: wires[0]?.title.toLowerCase() ?? title, right: wires.length ? 'each epoch' : '', tone: 'quiet' };
    return { left: title, right: '', tone: 'label' };
  }

  private mainOutput(): string {
    return this.ports.outputs.find((port) => port.id === this.head.output)?.title.toLowerCase() ?? '';
  }

  /**
   * Optional inputs only show once they are wired; until then they wait in the drawer. What steers learning, and numbers
   * that somebody made inputs, always show.
   */
  private hides(port: PortFace, wired: boolean): boolean {
    const asked = port.id.startsWith('param:');
    return port.optional === true && !wired && !asked && this.role !== 'training' && this.role !== 'optimizer';
  }

  private hidesOutput(port: PortFace): boolean {
    if (this.context.wiredOut.has(port.id)) return port.type === 'weights';
    return port.optional === true || port.type === 'weights' || port.id === 'perExample' || port.id === 'index';
  }

  private specOf(port: PortFace, side: Side): Spec | null {
    if (side === 'in') return this.insight?.inputs.find((input) => input.id === port.id)?.specs[0] ?? null;
    return this.insight?.outputs.find((output) => output.id === port.id)?.spec ?? null;
  }

  private add(port: PortFace, side: Side, handle: string, row: number, wired: boolean): void {
    this.views.push({ ...this.base(port, side, handle, wired), place: 'row', row });
  }

  private base(port: PortFace, side: Side, handle: string, wired: boolean): Omit<PortView, 'x' | 'y' | 'place'> {
    return {
      id: port.id,
      handle,
      side,
      type: port.type,
      title: port.title,
      wired,
      variadic: port.variadic === true,
      optional: port.optional === true,
      spec: this.specOf(port, side),
    };
  }

  place(width: number, height: number, rowsAt: number, collapsed: boolean): PortView[] {
    const placed: PortView[] = [];
    const seen = new Set<string>();
    const put = (view: Omit<PortView, 'x' | 'y'>, y: number) => {
      seen.add(`${view.side}:${view.id}`);
      placed.push({ ...view, x: view.side === 'in' ? 0 : width, y });
    };
    const header = (ports: readonly PortFace[], id: PortId | undefined, side: Side, wired: boolean) => {
      const port = ports.find((candidate) => candidate.id === id);
      if (port) put({ ...this.base(port, side, port.id, wired), place: 'header' }, HEADER / 2);
    };
    header(this.ports.inputs, this.head.input, 'in', this.context.wiredIn.has(this.head.input ?? ''));
    header(this.ports.outputs, this.head.output, 'out', this.context.wiredOut.has(this.head.output ?? ''));
    for (const { row, ...view } of this.views) put(view, collapsed ? HEADER / 2 : rowsAt + row * ROW + ROW / 2);
    let drawer = 0;
    const rest = (ports: readonly PortFace[], side: Side) => {
      for (const port of ports) {
        if (seen.has(`${side}:${port.id}`)) continue;
        const wired = side === 'in' ? this.context.wiredIn.has(port.id) : this.context.wiredOut.has(port.id);
        const base = this.base(port, side, port.id, wired);
        if (port.type === 'weights') put({ ...base, place: 'footer' }, height - FOOTER / 2);
        else if (wired) put({ ...base, place: 'header' }, HEADER / 2);
        else put({ ...base, place: 'drawer' }, height + 8 + drawer++ * ROW + ROW / 2);
      }
    };
    rest(this.ports.inputs, 'in');
    rest(this.ports.outputs, 'out');
    return placed;
  }
}

function essentials(
  node: Node,
  face: Face | undefined,
  params: PlainParams,
  role: Face['role'] | 'unknown',
): FieldView[] {
  if (!face) return [];
  const views: FieldView[] = [];
  for (const [key, field] of Object.entries(face.fields)) {
    if (!field.essential || node.promoted?.includes(key) || field.type === 'dataset' || field.type === 'block')
      continue;
    if (role === 'optimizer' && 'live' in field) continue;
    if (role === 'instance' && key === 'copies' && params[key] === 1) continue;
    if (field.when && !field.when.is.some((value) => value === params[field.when?.field ?? ''])) continue;
    const value = short(key, formatParam(field, params[key] ?? null));
    views.push({ key, label: field.title.toLowerCase(), value });
  }
  return views;
}

/** A stride or dilation that is the same on all axes is one number. */
function short(key: string, text: string): string {
  const [first = '', ...rest] = text.split('×');
  return /stride|dilation/i.test(key) && rest.every((part) => part === first) ? first : text;
}

function heightOf(body: Body, fields: number): number {
  switch (body.draw) {
    case 'thumbnails':
      return 112;
    case 'kernel':
      return Math.max(72, 10 + FIELD * fields);
    case 'curve':
    case 'histogram':
    case 'bars':
      return 56;
    case 'block':
      return 64;
    case 'text':
      return 8 + 18 * Math.max(1, Math.ceil(measureText(body.text, 'body') / 140));
  }
}

function footerOf(
  role: Face['role'] | 'unknown',
  node: Node,
  face: Face | undefined,
  params: PlainParams,
  insight: NodeInsight | undefined,
  output: Spec | null,
  problem: NodeView['problem'],
  shares: boolean,
): NodeView['footer'] {
  if (role === 'training') return trainingFooter(params, face);
  const tells = role === 'instance' || role === 'source' || (role === 'op' && face?.makes !== 'loss');
  if (!tells) return null;
  const shape = formatSpec(output);
  if (node.bypassed) return { left: `passes ${shape}`, right: '' };
  if (problem?.severity === 'error' && shape === '?') return { left: 'needs a look', right: '' };
  if (shares) return { left: shape, right: 'shared' };
  return { left: shape, right: insight ? formatCount(insight.parameters) : '–' };
}

function trainingFooter(params: PlainParams, face: Face | undefined): NodeView['footer'] {
  if (!face?.fields.restoreBest || params.restoreBest !== true) return null;
  return { left: 'keep best by', right: 'monitor' };
}

function widthOf(parts: {
  title: string;
  name: string;
  rows: RowView[];
  fields: FieldView[];
  body: Body | null;
  footer: NodeView['footer'];
  collapsed: boolean;
}): number {
  const { title, name, rows, fields, body, footer } = parts;
  const header =
    8 + 20 + 8 + measureText(title, 'title') + (name ? 10 + Math.min(measureText(name, 'mono'), 84) : 0) + 14;
  const row = Math.max(
    0,
    ...rows.map(
      (line) => 28 + measureText(line.left, 'body') + (line.right ? 14 + measureText(line.right, 'body') : 0),
    ),
  );
  const fieldPart = Math.max(
    0,
    ...fields.map((field) => measureText(field.label, 'body') + 12 + measureText(field.value, 'body')),
  );
  const kernel = body?.draw === 'kernel' ? 8 + 58 + 10 + fieldPart + 10 : 0;
  const field = body?.draw === 'kernel' ? 0 : fieldPart + 24;
  const least = body?.draw === 'thumbnails' || body?.draw === 'kernel' ? 152 : body ? 144 : NARROWEST;
  const foot = footer ? 32 + measureText(footer.left, 'mono') + measureText(footer.right, 'body') : 0;
  const widest = Math.max(
    parts.collapsed ? NARROWEST : least,
    header,
    parts.collapsed ? 0 : Math.max(row, kernel, field, foot),
  );
  return Math.min(WIDEST, Math.ceil(widest / 8) * 8);
}

/** A data set's or a block's own title, where the node stands for one; otherwise its kind's. */
export function titleOf(node: Node, face: Face | undefined, params: PlainParams, env: FaceEnv): string {
  if (!face) return node.kind;
  const id = Object.entries(face.fields).find(([, field]) => field.type === 'dataset' || field.type === 'block')?.[0];
  const value = id ? params[id] : undefined;
  if (typeof value !== 'string') return face.title;
  if (face.role === 'dataset') return env.dataset(value)?.title ?? face.title;
  if (face.role === 'instance') return env.block(value)?.title ?? face.title;
  return face.title;
}

function sizeOf(params: PlainParams, env: FaceEnv): string {
  const card = Object.values(params)
    .map((value) => (typeof value === 'string' ? env.dataset(value) : undefined))
    .find(Boolean);
  return card ? grouped(card.counts.train + card.counts.validation) : '';
}

function worst(problems: readonly Diagnostic[]): NodeView['problem'] {
  const ranked =
    problems.find((problem) => problem.severity === 'error') ??
    problems.find((problem) => problem.severity === 'warning');
  return ranked ? { severity: ranked.severity, message: ranked.message, count: problems.length } : null;
}

const NO_PORTS: Ports = { inputs: [], outputs: [] };

/** Ports that only wires know of stay too: of kinds that are not installed, of data sets that are not here. */
function withWired(ports: Ports, context: ViewContext): Ports {
  const missing = (ids: Iterable<PortId>, there: readonly PortFace[]): PortFace[] =>
    [...ids]
      .filter((id) => !there.some((port) => port.id === id))
      .map((id) => ({
        id,
        title: id,
        type: id === 'weights' ? 'weights' : id.startsWith('param:') ? 'number' : 'tensor',
      }));
  const inputs = missing(context.wiredIn.keys(), ports.inputs);
  const outputs = missing(context.wiredOut, ports.outputs);
  if (!inputs.length && !outputs.length) return ports;
  return { inputs: [...ports.inputs, ...inputs], outputs: [...ports.outputs, ...outputs] };
}
