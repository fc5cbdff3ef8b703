/** `449642` as `449,642`, the same on every machine. */
export const groupDigits = (value: number): string => value.toLocaleString('en-US');
