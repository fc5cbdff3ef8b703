/** Style of the single-file demo; light and dark by the system. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1a1b1e, #e8e8ea); --soft: light-dark(#5c5f66, #909296);
  --line: light-dark(#d9dade, #3a3b40); --panel: light-dark(#ffffff, #1f2024); --page: light-dark(#f4f4f6, #17181b);
  --bar: light-dark(#3b7f9a, #7fb8cf); }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; }
h1 { font-size: 22px; margin: 0 0 16px; }
.panels { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; flex: 1 1 280px; }
canvas { display: block; width: 280px; height: 280px; border-radius: 4px; background: #000; touch-action: none; cursor: crosshair; }
.row { display: flex; gap: 8px; align-items: center; margin-top: 12px; flex-wrap: wrap; }
label.field { display: grid; grid-template-columns: 1fr 120px; gap: 8px; align-items: center; margin-bottom: 8px; }
input, button, textarea { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 6px 10px; }
input[type='checkbox'] { width: auto; }
textarea { width: 100%; min-height: 120px; }
button { cursor: pointer; min-height: 36px; }
#bars { display: grid; grid-template-columns: minmax(24px, max-content) 1fr max-content; gap: 6px 12px; align-items: center; }
.bar { display: contents; }
.bar span { max-width: 160px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar i { display: block; height: 14px; border-radius: 3px; background: var(--bar); min-width: 1px; }
.bar b { font-weight: 500; text-align: right; font-variant-numeric: tabular-nums; }
.bar.best > * { font-weight: 700; }
h2 { font-size: 15px; margin: 0 0 12px; }
#answer { font-size: 20px; margin: 0 0 12px; min-height: 30px; }
details { margin-top: 16px; color: var(--soft); font-size: 13px; }
`;
