import type { Workflow } from '../cloud.ts';
import type { TrialOptions } from '../try-faults.ts';
import { FAULT_KINDS } from '../wire.ts';
import { close, closeAgain, closeOfAgency, closeThatFailed, closeThatFailedReopened } from './close.ts';
import {
  archive,
  document,
  exportInPieces,
  exporting,
  largeExport,
  notification,
} from './files-and-mails.ts';
import { hour } from './hour.ts';
import { importing } from './import.ts';
import { correction, finalise, finalYearFollows, longFollowUp, yearFollows } from './objections.ts';

/** Of what is the same code as another workflow each call is cut by what leaves most behind. */
const MOST_LEFT: TrialOptions = { kinds: ['killed before', 'killed after', 'overtaken'] };

const WITH_THE_CLOCK: TrialOptions = {
  kinds: ['killed before', 'killed after', 'killed, an hour late', 'killed, clock behind', 'overtaken'],
};
const NOT_BY_THE_SDK: TrialOptions = {
  kinds: FAULT_KINDS.filter((kind) => kind !== 'throttled' && kind !== 'answer lost'),
};

/** Every workflow, with what it is tried with; everything if left out. */
export const WORKFLOWS: readonly { readonly workflow: Workflow; readonly options?: TrialOptions }[] = [
  { workflow: close },
  { workflow: closeAgain },
  { workflow: closeOfAgency, options: MOST_LEFT },
  { workflow: closeThatFailed, options: WITH_THE_CLOCK },
  { workflow: closeThatFailedReopened, options: MOST_LEFT },
  { workflow: correction },
  { workflow: yearFollows },
  { workflow: finalYearFollows, options: WITH_THE_CLOCK },
  { workflow: finalise },
  { workflow: longFollowUp, options: MOST_LEFT },
  { workflow: hour, options: NOT_BY_THE_SDK },
  { workflow: importing },
  { workflow: exporting },
  { workflow: largeExport },
  { workflow: exportInPieces },
  { workflow: document },
  { workflow: archive, options: MOST_LEFT },
  { workflow: notification },
];
