/** What a file of trained weights holds, without the numbers: tensors by their names there, such as `encoder/conv1/kernel`. */
export interface AssetCard {
  /** What `start.asset` of a node says. */
  id: string;
  title: string;
  tensors: Record<string, AssetTensor>;
}

export interface AssetTensor {
  shape: number[];
  dtype: 'float32' | 'int32';
}

export const fitsAsset = (there: AssetTensor | undefined, wanted: { shape: number[]; dtype?: string }): boolean =>
  there !== undefined && there.dtype === (wanted.dtype ?? 'float32') && there.shape.join() === wanted.shape.join();
