// Made by `npm run generate` from file names. Do not edit.
import { exporter as htmlExporter } from './html/html.exporter';
import { exporter as kerasExporter } from './keras/keras.exporter';
import { exporter as kerasCodeExporter } from './keras-code/keras-code.exporter';
import { exporter as onnxExporter } from './onnx/onnx.exporter';
import { exporter as safetensorsExporter } from './safetensors/safetensors.exporter';
import { exporter as tfjsExporter } from './tfjs/tfjs.exporter';
import { exporter as torchCodeExporter } from './torch-code/torch-code.exporter';
import type { Exporter } from './exporter';

export const exporters: Record<string, Exporter> = {
  html: htmlExporter,
  keras: kerasExporter,
  'keras-code': kerasCodeExporter,
  onnx: onnxExporter,
  safetensors: safetensorsExporter,
  tfjs: tfjsExporter,
  'torch-code': torchCodeExporter,
};
