// Made by `npm run generate` from file names. Do not edit.
import { dataset as circleDataset } from './circle.dataset';
import { dataset as digitsDataset } from './digits.dataset';
import { dataset as facesDataset } from './faces.dataset';
import { dataset as fashionMnistDataset } from './fashion-mnist.dataset';
import { dataset as gaussDataset } from './gauss.dataset';
import { dataset as irisDataset } from './iris.dataset';
import { dataset as mnistDataset } from './mnist.dataset';
import { dataset as mobyDickDataset } from './moby-dick.dataset';
import { dataset as moonsDataset } from './moons.dataset';
import { dataset as penguinsDataset } from './penguins.dataset';
import { dataset as plainBlobsDataset } from './plain-blobs.dataset';
import { dataset as ringDataset } from './ring.dataset';
import { dataset as scenesDataset } from './scenes.dataset';
import { dataset as spiralDataset } from './spiral.dataset';
import { dataset as stripedBlobsDataset } from './striped-blobs.dataset';
import { dataset as waveDataset } from './wave.dataset';
import { dataset as willIPassDataset } from './will-i-pass.dataset';
import { dataset as wineDataset } from './wine.dataset';
import { dataset as xorDataset } from './xor.dataset';
import type { DatasetDefinition } from './dataset';

export const datasets: Record<string, DatasetDefinition> = {
  circle: circleDataset,
  digits: digitsDataset,
  faces: facesDataset,
  'fashion-mnist': fashionMnistDataset,
  gauss: gaussDataset,
  iris: irisDataset,
  mnist: mnistDataset,
  'moby-dick': mobyDickDataset,
  moons: moonsDataset,
  penguins: penguinsDataset,
  'plain-blobs': plainBlobsDataset,
  ring: ringDataset,
  scenes: scenesDataset,
  spiral: spiralDataset,
  'striped-blobs': stripedBlobsDataset,
  wave: waveDataset,
  'will-i-pass': willIPassDataset,
  wine: wineDataset,
  xor: xorDataset,
};
