import { expect, type Locator, type Page } from '@playwright/test';

type From = { gallery: string } | { empty: string };

/** The editor as a person uses it: by what is written on it, by mouse and by keyboard. */
export class EditorPage {
  readonly canvas: Locator;
  readonly search: Locator;
  readonly inspector: Locator;
  readonly problems: Locator;

  constructor(readonly page: Page) {
    this.canvas = page.locator('[data-canvas]');
    this.search = page.getByRole('dialog', { name: 'Add a node' });
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.problems = page.getByRole('region', { name: 'Problems' });
  }

  /** Opens a new document of the visitor's own workspace. */
  async create(from: From): Promise<string> {
    await this.page.goto('/');
    const session = await this.ask<{ workspaces: { id: string }[] }>('session.get');
    const workspaceId = session.workspaces[0]?.id ?? '';
    const { id } = await this.ask<{ id: string }>('documents.create', { workspaceId, from });
    await this.open(id);
    return id;
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/documents/${id}`);
    await expect(this.canvas).toBeVisible();
    await expect(this.page.getByText(/^Saved/)).toBeVisible();
  }

  /** By title and, where it has one of its own, name: `Dense dense2`. A problem is said after it. */
  node(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name}(, (error|warning|info))?$`) });
  }

  get nodes(): Locator {
    return this.page.locator('.react-flow__node-kind');
  }

  get wires(): Locator {
    return this.page.locator('.react-flow__edge');
  }

  /** A port by the name of its node, its side and its title, such as `Dense dense2`, `output`, `Output`. */
  port(node: string, side: 'input' | 'output', title: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${node}: ${side} ${title}, `) });
  }

  /** Double-clicks an empty place of the canvas and takes the first kind that answers to the words. */
  async addAt(x: number, y: number, words: string): Promise<void> {
    const box = await this.box(this.canvas);
    await this.page.mouse.dblclick(box.x + x, box.y + y);
    await this.choose(words);
  }

  /** In the open search: types and takes the first. */
  async choose(words: string): Promise<void> {
    await expect(this.search).toBeVisible();
    await this.page.keyboard.type(words);
    await expect(this.search.getByRole('option').first()).toBeVisible();
    await this.page.keyboard.press('Enter');
    await expect(this.search).toBeHidden();
  }

  /** Pulls a wire out of a port, drops it on empty canvas and takes a kind there. */
  async pull(port: Locator, x: number, y: number, words: string): Promise<void> {
    const canvas = await this.box(this.canvas);
    await this.drag(port, canvas.x + x, canvas.y + y);
    await this.choose(words);
  }

  /** Draws a wire from port to port with the mouse. */
  async wire(from: Locator, to: Locator): Promise<void> {
    const count = await this.wires.count();
    const end = await this.box(to);
    await this.drag(from, end.x + end.width / 2, end.y + end.height / 2);
    await expect(this.wires).toHaveCount(count + 1);
  }

  /** Draws a wire onto a port that has one: the new one takes its place. */
  async wireOver(from: Locator, to: Locator): Promise<void> {
    const end = await this.box(to);
    await this.drag(from, end.x + end.width / 2, end.y + end.height / 2);
  }

  /** Draws a wire with the keyboard alone: Enter on the port, arrows to the other, Enter. */
  async wireByKeys(from: Locator, to: Locator): Promise<void> {
    const count = await this.wires.count();
    await from.focus();
    await this.page.keyboard.press('Enter');
    const goal = await to.getAttribute('data-port');
    await expect
      .poll(async () => {
        const at = await this.page.evaluate(() => document.activeElement?.getAttribute('data-port'));
        if (at !== goal) await this.page.keyboard.press('ArrowDown');
        return at;
      })
      .toBe(goal);
    await this.page.keyboard.press('Enter');
    await expect(this.wires).toHaveCount(count + 1);
  }

  async select(name: string): Promise<void> {
    await this.node(name).click({ position: { x: 60, y: 10 } });
  }

  /** Where a node stands on the page. */
  async boxOf(name: string) {
    return this.box(this.node(name));
  }

  /** Presses, moves, lets go. */
  async stroke(
    from: { x: number; y: number },
    to: { x: number; y: number },
    button: 'left' | 'right' = 'left',
  ): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down({ button });
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up({ button });
  }

  /** Types into a field of the selected node. */
  async setField(label: string, value: string): Promise<void> {
    const field = this.inspector.getByLabel(label, { exact: true });
    await field.click();
    await field.fill(value);
    await field.press('Enter');
  }

  async chooseField(label: string, title: string): Promise<void> {
    await this.inspector.getByLabel(label, { exact: true }).selectOption({ label: title });
  }

  /** Moves the pointer over the canvas. */
  async point(x: number, y: number): Promise<void> {
    const box = await this.box(this.canvas);
    await this.page.mouse.move(box.x + x, box.y + y, { steps: 3 });
  }

  async focusCanvas(): Promise<void> {
    await this.canvas.focus();
  }

  private async drag(from: Locator, x: number, y: number): Promise<void> {
    const start = await this.box(from);
    await this.stroke({ x: start.x + start.width / 2, y: start.y + start.height / 2 }, { x, y });
  }

  private async box(locator: Locator) {
    const box = await locator.boundingBox();
    if (!box) throw new Error('The element is not on the page');
    return box;
  }

  /** Asks the service as this visitor; waits until the visitor is known. */
  private async ask<Answer>(procedure: string, input?: object): Promise<Answer> {
    const change = /\.create$/.test(procedure);
    let answer: Answer | undefined;
    await expect
      .poll(async () => {
        const response = change
          ? await this.page.request.post(`/api/trpc/${procedure}`, { data: { json: input } })
          : await this.page.request.get(`/api/trpc/${procedure}`);
        if (response.ok())
          answer = ((await response.json()) as { result: { data: { json: Answer } } }).result.data.json;
        return response.status();
      })
      .toBe(200);
    return answer as Answer;
  }
}
