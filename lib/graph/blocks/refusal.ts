import type { Diagnostic, DiagnosticCode, Place } from '../diagnostic';

/** Why an operation on blocks cannot be done, and what to do. */
export const refusal = (message: string, at: Place = {}, code: DiagnosticCode = 'document-invalid') => ({
  diagnostic: { code, severity: 'error', message, at } satisfies Diagnostic,
});
