/**
 * The demo's own script: plain JavaScript for browsers, run after TensorFlow.js. It reads the model and its description
 * from the JSON element `model`, builds the inputs, and predicts after every change. Text goes through `textContent`.
 */
export const pageScript = String.raw`
(async function () {
  'use strict';
  var info = JSON.parse(document.getElementById('model').textContent);
  var inputs = document.getElementById('inputs');
  var answer = document.getElementById('answer');
  var bars = document.getElementById('bars');

  function make(tag, parent, text) {
    var element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  function bytesOf(base64) {
    var text = atob(base64);
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  var model = await tf.loadLayersModel(tf.io.fromMemory({
    modelTopology: info.topology,
    weightSpecs: info.specs,
    weightData: bytesOf(info.weights).buffer
  }));

  function drawingPad(input, parent) {
    var height = input.shape[0], width = input.shape[1], channels = input.shape[2];
    var pad = make('canvas', parent);
    pad.width = pad.height = 280;
    pad.tabIndex = 0;
    pad.setAttribute('role', 'img');
    pad.setAttribute('aria-label', 'Drawing pad for ' + input.name);
    var pen = pad.getContext('2d', { willReadFrequently: true });
    function clear() { pen.fillStyle = '#000'; pen.fillRect(0, 0, 280, 280); }
    clear();
    pen.lineWidth = 22; pen.lineCap = 'round'; pen.lineJoin = 'round'; pen.strokeStyle = '#fff';
    var last = null;
    function at(event) {
      var box = pad.getBoundingClientRect();
      return [(event.clientX - box.left) * 280 / box.width, (event.clientY - box.top) * 280 / box.height];
    }
    function stroke(event) {
      var point = at(event);
      pen.beginPath(); pen.moveTo(last[0], last[1]); pen.lineTo(point[0], point[1]); pen.stroke();
      last = point;
      predict();
    }
    pad.addEventListener('pointerdown', function (event) { pad.setPointerCapture(event.pointerId); last = at(event); stroke(event); });
    pad.addEventListener('pointermove', function (event) { if (last) stroke(event); });
    pad.addEventListener('pointerup', function () { last = null; });
    pad.addEventListener('pointercancel', function () { last = null; });
    var row = make('div', parent); row.className = 'row';
    make('button', row, 'Clear').addEventListener('click', function () { clear(); predict(); });
    var file = make('input', row); file.type = 'file'; file.accept = 'image/*'; file.setAttribute('aria-label', 'Picture from a file');
    file.addEventListener('change', async function () {
      if (!file.files[0]) return;
      var picture = await createImageBitmap(file.files[0]);
      clear();
      pen.drawImage(picture, 0, 0, 280, 280);
      centre.checked = false;
      predict();
    });
    var holder = make('label', make('div', parent)); holder.parentNode.className = 'row';
    var centre = make('input', holder); centre.type = 'checkbox'; centre.checked = input.centre;
    holder.appendChild(document.createTextNode(' Centre the drawing and bring it to the usual size'));
    centre.addEventListener('change', predict);
    var small = document.createElement('canvas');
    small.width = width; small.height = height;
    var view = small.getContext('2d', { willReadFrequently: true });
    function ink() {
      var data = pen.getImageData(0, 0, 280, 280).data, box = [280, 280, -1, -1];
      for (var y = 0; y < 280; y++) for (var x = 0; x < 280; x++) if (data[4 * (y * 280 + x)] > 40) {
        box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
      }
      return box[2] < 0 ? null : box;
    }
    return function () {
      view.imageSmoothingEnabled = true; view.imageSmoothingQuality = 'high';
      view.fillStyle = '#000'; view.fillRect(0, 0, width, height);
      var box = centre.checked ? ink() : null;
      if (box) {
        var w = box[2] - box[0] + 1, h = box[3] - box[1] + 1, scale = (20 / 28) * Math.min(width / w, height / h);
        view.drawImage(pad, box[0], box[1], w, h, (width - w * scale) / 2, (height - h * scale) / 2, w * scale, h * scale);
      } else view.drawImage(pad, 0, 0, width, height);
      var pixels = view.getImageData(0, 0, width, height).data;
      var values = new Float32Array(height * width * channels);
      for (var i = 0; i < height * width; i++) {
        var red = pixels[4 * i] / 255, green = pixels[4 * i + 1] / 255, blue = pixels[4 * i + 2] / 255;
        if (channels === 1) values[i] = 0.299 * red + 0.587 * green + 0.114 * blue;
        else { values[channels * i] = red; values[channels * i + 1] = green; values[channels * i + 2] = blue; }
      }
      return tf.tensor(values, [1, height, width, channels]);
    };
  }

  function numberFields(input, parent) {
    var boxes = input.columns.map(function (column) {
      var label = make('label', parent); label.className = 'field';
      make('span', label, column);
      var box = make('input', label); box.type = 'number'; box.step = 'any'; box.value = String(input.start);
      box.addEventListener('input', predict);
      return box;
    });
    return function () {
      return tf.tensor(boxes.map(function (box) { return Number(box.value) || 0; }), [1].concat(input.shape), input.dtype);
    };
  }

  function numberText(input, parent) {
    make('p', parent, input.count + ' numbers, separated by spaces or commas');
    var box = make('textarea', parent); box.setAttribute('aria-label', input.name);
    box.addEventListener('input', predict);
    return function () {
      var given = box.value.split(/[\s,;]+/).filter(Boolean).map(Number);
      var values = Array.from({ length: input.count }, function (_, i) { return given[i] || 0; });
      return tf.tensor(values, [1].concat(input.shape), input.dtype);
    };
  }

  var makers = { picture: drawingPad, fields: numberFields, text: numberText };
  var ready = false;
  var readers = info.inputs.map(function (input) {
    make('h2', inputs, input.form === 'picture' ? input.title + ': draw here' : input.title);
    return makers[input.form](input, inputs);
  });

  function show(names, values, shares) {
    bars.textContent = '';
    var best = values.indexOf(Math.max.apply(null, values));
    values.forEach(function (value, i) {
      var row = make('div', bars); row.className = i === best && values.length > 1 ? 'bar best' : 'bar';
      make('span', row, names[i] === undefined ? String(i) : names[i]);
      var track = make('div', row), bar = make('i', track);
      bar.style.width = (shares ? Math.max(0, Math.min(1, value)) * 100 : 0) + '%';
      make('b', row, shares ? (value * 100).toFixed(1) + ' %' : value.toPrecision(5));
    });
    answer.textContent = values.length > 1 && shares ? (names[best] === undefined ? String(best) : names[best]) : '';
  }

  function predict() {
    if (!ready) return;
    var values = tf.tidy(function () {
      var result = model.predict(readers.map(function (read) { return read(); }));
      return Array.from((Array.isArray(result) ? result[0] : result).dataSync());
    });
    show(info.output.names, values.slice(0, 200), info.output.shares);
    document.body.dataset.answer = JSON.stringify(values);
  }

  ready = true;
  predict();
  document.body.dataset.ready = 'yes';
})().catch(function (error) {
  document.getElementById('answer').textContent = 'The model could not be started: ' + error.message;
});
`;
