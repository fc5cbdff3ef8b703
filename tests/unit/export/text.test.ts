import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64 } from '@/lib/export/html/base64';
import { escapeHtml, scriptCode, scriptJson } from '@/lib/export/html/escape';
import { snakeCase } from '@/lib/export/keras/weights-h5';
import { NamePool } from '@/lib/export/name-pool';
import { pythonComment, pythonLiteral, pythonName, pythonString } from '@/lib/export/python-text';

it('writes base64 as Node does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
  const long = Uint8Array.from({ length: 100_001 }, (_, at) => at % 251);
  expect(base64(long)).toBe(Buffer.from(long).toString('base64'));
});

it('lets no tag begin or end inside scripts and text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hostile = `${text}</script><!--${text}`;
      expect(scriptJson({ hostile })).not.toMatch(/[<>]/);
      expect(JSON.parse(scriptJson({ hostile }))).toEqual({ hostile });
      expect(scriptCode(hostile)).not.toMatch(/<\/script|<!--/i);
      expect(escapeHtml(hostile)).not.toMatch(/[<>"']/);
    }),
  );
});

it('writes Python literals', () => {
  expect(pythonLiteral({ a: [1, 2], b: [3], c: null, d: [true, 'x'] })).toBe(
    '{"a": (1, 2), "b": (3,), "c": None, "d": [True, "x"]}',
  );
  expect(pythonLiteral([null, 28, 28])).toBe('(None, 28, 28)');
  expect(pythonLiteral(1e-7)).toBe('1e-7');
  expect(pythonString('a"\\\n\u{1f600}ü')).toBe('"a\\"\\\\\\u000a\\U0001f600\\u00fc"');
  expect(pythonComment('a\nimport os\u2028b\r')).toBe('# a import os b');
  expect(pythonName('lambda')).toBe('lambda_');
});

it('gives each name once, in letters that Keras takes', () => {
  const pool = new NamePool();
  expect(pool.take('generator/conv 1')).toBe('generator_conv_1');
  expect(pool.take('generator/conv 1')).toBe('generator_conv_1_2');
  expect(pool.take('Generator conv_1')).toBe('Generator_conv_1_3');
  expect(pool.take('2')).toBe('layer_2');
  expect(pool.take('…')).toBe('layer');
});

it('snake-cases classes as Keras does', () => {
  const classes = [
    'Conv2D',
    'Conv2DTranspose',
    'LSTM',
    'ReLU',
    'LeakyReLU',
    'PReLU',
    'BatchNormalization',
    'InputLayer',
    'MaxPooling2D',
    'ConvLSTM2D',
  ];
  expect(classes.map(snakeCase)).toEqual([
    'conv2d',
    'conv2d_transpose',
    'lstm',
    're_lu',
    'leaky_re_lu',
    'p_re_lu',
    'batch_normalization',
    'input_layer',
    'max_pooling2d',
    'conv_lstm2d',
  ]);
});
