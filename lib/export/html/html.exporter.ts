import { strToU8 } from 'fflate';
import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { makeKerasGraph } from '../keras-graph';
import { modelCard } from '../model-card';
import { tfjsProblems } from '../tfjs/tfjs-limits';
import { makeTfjsModel } from '../tfjs/tfjs-topology';
import { base64 } from './base64';
import { describeInputs, describeOutput } from './describe-inputs';
import { escapeHtml, scriptCode, scriptJson } from './escape';
import { pageScript } from './page-script';
import { pageStyle } from './page-style';

/** One HTML file with the model, TensorFlow.js and inputs to try it; works from a disk without a network. */
export const exporter: Exporter = {
  format: 'html',
  title: 'Web page',
  summary: 'One file that opens in any browser, without a network: draw or type, and see the answer.',
  extension: '.html',
  mime: 'text/html',
  async export(input) {
    const made = makeKerasGraph(input);
    if ('diagnostics' in made) return made;
    const diagnostics = tfjsProblems(made.graph);
    if (diagnostics.length > 0) return { diagnostics };
    const { topology, specs, data } = makeTfjsModel(made.graph, input.weights);
    const model = {
      topology,
      specs,
      weights: base64(data),
      inputs: describeInputs(input, made.graph),
      output: describeOutput(input, made.graph),
    };
    const card = modelCard(input, made.graph).map((line) => `<p>${escapeHtml(line)}</p>`);
    const page = [
      '<!doctype html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<title>${escapeHtml(input.document.title)}</title>`,
      `<style>${pageStyle}</style>`,
      '</head>',
      '<body>',
      '<main>',
      `<h1>${escapeHtml(input.document.title)}</h1>`,
      '<div class="panels">',
      '<section class="panel" id="inputs" aria-label="Input"></section>',
      '<section class="panel" aria-label="Answer"><p id="answer" aria-live="polite"></p><div id="bars"></div></section>',
      '</div>',
      `<details><summary>About this model</summary>${card.join('')}</details>`,
      '</main>',
      `<script type="application/json" id="model">${scriptJson(model)}</script>`,
      `<script type="application/json" id="${DOCUMENT_KEY}">${scriptJson(input.document)}</script>`,
      `<script>${scriptCode(await input.assets.tfjsBundle())}</script>`,
      `<script>${scriptCode(pageScript)}</script>`,
      '</body>',
      '</html>',
      '',
    ];
    return { bytes: strToU8(page.join('\n')) };
  },
};
