/** TensorFlow's numbers of the types that are used here (types.proto). */
export const FLOAT = 1;
export const INT32 = 3;
export const UINT8 = 4;
