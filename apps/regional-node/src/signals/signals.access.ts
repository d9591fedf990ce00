import type { Professional } from '../directory/index.js';
import type { Signal } from '../youths/index.js';

/** A signal is its filer's own: for everybody else it does not exist. */
export const ownsSignal = (
  professional: Pick<Professional, 'id'>,
  signal: Pick<Signal, 'professionalId'>,
): boolean => signal.professionalId === professional.id;
