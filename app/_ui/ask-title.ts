import { whenDialogsShow } from './dialog-place';
import type { TitleQuestion } from './title-dialog';

/** Asks for another title in a small dialog; Enter saves, Esc leaves it. */
export const askTitle = (question: TitleQuestion): void =>
  void import('./title-dialog').then(({ openTitleDialog }) => whenDialogsShow(() => openTitleDialog(question)));
